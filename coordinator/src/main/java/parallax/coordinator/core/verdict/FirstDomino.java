package parallax.coordinator.core.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.target.Target;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.evidence.EvidenceBook;
import parallax.coordinator.core.evidence.Track;

/**
 * The cause by the causal order of layers: of all failing units the earliest layer, as it was seen
 * last. Within a unit the majority of the last failing looks tells the layer and the reason, except
 * that an earlier layer in the newest look explains the others at once.
 */
final class FirstDomino {
  /** How many failing looks of a track tell its cause. */
  private static final int LOOKS = Course.LOOKS_TO_DOWN;

  private FirstDomino() {}

  /** Of the units that are {@code state}. */
  static Optional<Cause> of(
      Target target, TargetState state, Units units, EvidenceBook book, Courses courses) {
    Optional<Evidence> first = Optional.empty();
    for (Track track : book.tracks()) {
      boolean counts = units.unit(track.check()).filter(unit -> unit.state() == state).isPresent();
      Standing held = courses.of(track.check(), track.probe()).held();
      Optional<Evidence> candidate = counts ? of(track, held) : Optional.empty();
      if (candidate.isPresent() && (first.isEmpty() || before(candidate.get(), first.get()))) {
        first = candidate;
      }
    }
    return first.flatMap(evidence -> cause(evidence, "target:" + target.name()));
  }

  /** Why nothing can be told: the newest trouble of a probe's own. */
  static Optional<Cause> ofProbe(EvidenceBook book, Units units) {
    Optional<Evidence> newest = Optional.empty();
    for (Track track : book.tracks()) {
      boolean unknown =
          units.unit(track.check()).filter(unit -> unit.state() == TargetState.UNKNOWN).isPresent();
      Optional<Evidence> candidate = unknown ? track.inconclusive() : Optional.empty();
      if (candidate.isPresent()
          && newest.filter(known -> !isNewer(candidate.get(), known)).isEmpty()) {
        newest = candidate;
      }
    }
    return newest.flatMap(
        evidence -> cause(evidence, "probe:" + evidence.observation().vantage().probe()));
  }

  private static Optional<Cause> cause(Evidence evidence, String culprit) {
    return evidence
        .observation()
        .outcome()
        .why()
        .map(finding -> new Cause(evidence.observation().layer(), finding, culprit));
  }

  /** The look that tells best what is wrong on one track. */
  private static Optional<Evidence> of(Track track, Standing held) {
    List<Evidence> failing =
        switch (held) {
          case DOWN -> failing(track, Outcome.Down.class);
          case DEGRADED -> {
            List<Evidence> degraded = failing(track, Outcome.Degraded.class);
            yield degraded.isEmpty() ? failing(track, Outcome.Down.class) : degraded;
          }
          case UP, DOUBTED, UNSEEN -> List.of();
        };
    if (failing.isEmpty()) {
      return Optional.empty();
    }
    Evidence newest = failing.getFirst();
    Evidence best = majority(failing).orElseGet(failingEarliest(failing));
    return Optional.of(layer(newest).breaks(layer(best)) ? newest : best);
  }

  private static Supplier<Evidence> failingEarliest(List<Evidence> failing) {
    return () ->
        failing.stream()
            .reduce((one, other) -> layer(other).breaks(layer(one)) ? other : one)
            .orElseThrow();
  }

  private static List<Evidence> failing(Track track, Class<? extends Outcome> kind) {
    List<Evidence> failing = new ArrayList<>(LOOKS);
    for (Evidence look : track.looks()) {
      if (failing.size() < LOOKS && kind.isInstance(look.observation().outcome())) {
        failing.add(look);
      }
    }
    return failing;
  }

  /** The newest of those looks that agree with most of the others. */
  private static Optional<Evidence> majority(List<Evidence> failing) {
    for (Evidence candidate : failing) {
      int agreeing = 0;
      for (Evidence other : failing) {
        agreeing += agrees(candidate, other) ? 1 : 0;
      }
      if (2 * agreeing > failing.size()) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean agrees(Evidence one, Evidence other) {
    return layer(one) == layer(other) && reason(one).equals(reason(other));
  }

  private static Layer layer(Evidence evidence) {
    return evidence.observation().layer();
  }

  private static Optional<Reason> reason(Evidence evidence) {
    return evidence.observation().outcome().why().map(Finding::reason);
  }

  private static boolean before(Evidence one, Evidence other) {
    int byLayer = layer(one).compareTo(layer(other));
    return byLayer != 0 ? byLayer < 0 : isNewer(one, other);
  }

  private static boolean isNewer(Evidence one, Evidence other) {
    return one.received().isAfter(other.received());
  }
}
