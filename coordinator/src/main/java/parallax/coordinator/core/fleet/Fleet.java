package parallax.coordinator.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;

/** All probes that were ever heard. Immutable. */
public final class Fleet {
  /** How often a probe gives a sign of life. */
  public static final Duration BEAT = Duration.ofSeconds(10);

  /** A probe that gave none for so long is not heard any more. */
  public static final Duration SILENCE = Duration.ofSeconds(35);

  /** More probes than this are not listened to. */
  public static final int MAX_PROBES = 1000;

  private static final int MAX_ERA = 0xffff;

  public static final Fleet EMPTY = new Fleet(new Probe[0], new int[0]);

  private final Probe[] probes;
  private final int[] byName;

  private Fleet(Probe[] probes, int[] byName) {
    this.probes = probes;
    this.byName = byName;
  }

  /** By slot. */
  public List<Probe> probes() {
    return Collections.unmodifiableList(Arrays.asList(probes));
  }

  public int size() {
    return probes.length;
  }

  public Probe probe(int slot) {
    return probes[slot];
  }

  /** The slot of a probe; -1 when it is not known. */
  public int slot(ProbeName name) {
    int at = search(name);
    return at < 0 ? -1 : byName[at];
  }

  private int search(ProbeName name) {
    int low = 0;
    int high = byName.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = probes[byName[middle]].vantage().probe().compareTo(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  /** After a sign of life. */
  public Fleet heard(Beat beat) {
    Fleet known = knowing(beat.vantage(), beat.country(), beat.resolver(), beat.received());
    int slot = known.slot(beat.vantage().probe());
    return slot < 0
        ? known
        : known.with(
            slot,
            probe -> {
              probe.heard = later(probe.heard, beat.received());
              probe.clock = probe.clock.with(beat);
            });
  }

  /** After an observation of a probe that may be new; it is a sign of life as well. */
  public Fleet heard(Vantage vantage, Instant received) {
    int slot = slot(vantage.probe());
    return slot < 0
        ? knowing(vantage, Optional.empty(), Optional.empty(), received)
        : heard(slot, received);
  }

  /** After an observation of a known probe. */
  public Fleet heard(int slot, Instant received) {
    // A beat comes anyway: to note every look would cost more than it tells.
    long ago = received.getEpochSecond() - probes[slot].heard().getEpochSecond();
    return ago < BEAT.toSeconds()
        ? this
        : with(slot, probe -> probe.heard = later(probe.heard, received));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** With a probe under its present vantage; one that moved starts anew under its old slot. */
  private Fleet knowing(
      Vantage vantage, Optional<String> country, Optional<String> resolver, Instant received) {
    int slot = slot(vantage.probe());
    boolean same =
        slot >= 0
            && probes[slot].vantage().equals(vantage)
            && (resolver.isEmpty() || probes[slot].resolverName().equals(resolver));
    if (same || (slot < 0 && probes.length >= MAX_PROBES)) {
      return this;
    }
    int place = slot >= 0 ? slot : probes.length;
    Probe probe =
        new Probe(
            place,
            vantage,
            country,
            resolver,
            first(place, other -> other.vantage().region().equals(vantage.region())),
            vantage.asn().isEmpty()
                ? place
                : first(place, other -> other.vantage().asn().equals(vantage.asn())),
            resolver.isEmpty() ? place : first(place, o -> o.resolverName().equals(resolver)),
            received,
            ClockOffset.UNKNOWN,
            Trust.START,
            Budget.FULL,
            slot >= 0 ? probes[slot].units() : 0,
            slot >= 0 ? probes[slot].failing() : 0,
            0,
            Optional.empty());
    Probe[] grown = Arrays.copyOf(probes, Math.max(probes.length, place + 1));
    grown[place] = probe;
    if (slot >= 0) {
      return new Fleet(grown, byName);
    }
    int at = -1 - search(vantage.probe());
    int[] names = new int[byName.length + 1];
    System.arraycopy(byName, 0, names, 0, at);
    names[at] = place;
    System.arraycopy(byName, at, names, at + 1, byName.length - at);
    return new Fleet(grown, names);
  }

  private int first(int otherwise, Predicate<Probe> like) {
    for (Probe probe : probes) {
      if (probe.slot() < otherwise && like.test(probe)) {
        return probe.slot();
      }
    }
    return otherwise;
  }

  private Fleet with(int slot, Consumer<Probe.Draft> change) {
    Probe.Draft draft = probes[slot].draft();
    change.accept(draft);
    Probe[] changed = probes.clone();
    changed[slot] = draft.done();
    return new Fleet(changed, byName);
  }

  /** After the coordinator's clock was set back to {@code now}: everybody was heard just then. */
  public Fleet setBack(Instant now) {
    Fleet changed = this;
    for (int slot = 0; slot < probes.length; slot++) {
      changed =
          changed.with(
              slot,
              probe -> {
                probe.heard = now;
                probe.clock = ClockOffset.UNKNOWN;
                probe.budget = Budget.FULL;
                probe.failing = 0;
              });
    }
    return changed;
  }

  /** With what turned out about a probe's failures and how many looks that took. */
  public Fleet learning(int slot, int alone, int looks) {
    return with(slot, probe -> probe.trust = probe.trust.with(alone, looks));
  }

  /** After a probe began or ceased to look at something. */
  public Fleet looking(int slot, int more) {
    return with(slot, probe -> probe.units = Math.max(0, probe.units + more));
  }

  /** After something began or ceased to fail for a probe. */
  public Fleet failing(int slot, int more) {
    return with(slot, probe -> probe.failing = Math.max(0, probe.failing + more));
  }

  /** With a probe that is held to be in trouble itself since an instant, or no longer. */
  public Fleet sick(int slot, Optional<Instant> since) {
    return with(
        slot,
        probe -> {
          probe.sick = since;
          probe.era = (probe.era + 1) & MAX_ERA;
        });
  }

  /** After one look was asked for; empty when the probe has no budget left. */
  public Optional<Fleet> asking(int slot, Instant now) {
    Budget budget = probes[slot].budget().at(now, probes[slot].units());
    return budget.isEmpty()
        ? Optional.empty()
        : Optional.of(with(slot, probe -> probe.budget = budget.spent()));
  }

  /** Whether a probe's looks count: heard, and not in trouble itself. */
  public boolean counts(int slot, Instant now) {
    return probes[slot].sick().isEmpty() && probes[slot].isHeard(now);
  }

  /** Those of the given regions (empty: all) whose looks count, by slot. */
  public List<Probe> counting(List<Region> from, Instant now) {
    List<Probe> counting = new ArrayList<>(probes.length);
    for (Probe probe : probes) {
      if (counts(probe.slot(), now)
          && (from.isEmpty() || from.contains(probe.vantage().region()))) {
        counting.add(probe);
      }
    }
    return counting;
  }
}
