package parallax.coordinator.core.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;

/**
 * The last looks of one probe by one kind of check.
 *
 * @param looks those that could tell, newest start first, at most {@link #MAX_LOOKS}; empty when
 *     none of them is fresh any more
 * @param inconclusive the newest look that could not tell, while it is fresh
 * @param heard when the last of {@code looks} arrived
 * @param horizon what started here or before was counted already and is history
 * @param due when something of it stops being fresh; {@link Instant#MAX} when nothing is
 */
public record Track(
    CheckKind check,
    ProbeName probe,
    Freshness freshness,
    List<Evidence> looks,
    Optional<Evidence> inconclusive,
    Instant heard,
    Optional<Place> horizon,
    Instant due) {

  /** How many looks are kept; one may come late by so many places. */
  public static final int MAX_LOOKS = 4;

  /** A track after a look was added, and the looks that were let go for it, oldest first. */
  record Grown(Track track, List<Evidence> settled) {}

  /** What is kept of the looks. */
  private record Kept(
      List<Evidence> looks,
      Optional<Evidence> inconclusive,
      Instant heard,
      Optional<Place> horizon) {
    Instant due(Freshness freshness) {
      Instant silent = looks.isEmpty() ? Instant.MAX : freshness.until(heard);
      Instant vague = inconclusive.map(Evidence::received).map(freshness::until).orElse(silent);
      return vague.isBefore(silent) ? vague : silent;
    }
  }

  static Track start(CheckKind check, ProbeName probe, Freshness freshness) {
    Kept nothing = new Kept(List.of(), Optional.empty(), Instant.MIN, Optional.empty());
    return of(check, probe, freshness, nothing);
  }

  private static Track of(CheckKind check, ProbeName probe, Freshness freshness, Kept kept) {
    Instant due = kept.due(freshness);
    return new Track(
        check,
        probe,
        freshness,
        kept.looks(),
        kept.inconclusive(),
        kept.heard(),
        kept.horizon(),
        due);
  }

  private Track with(Kept kept) {
    return of(check, probe, freshness, kept);
  }

  Track withFreshness(Freshness other) {
    return of(check, probe, other, new Kept(looks, inconclusive, heard, horizon));
  }

  /** This track with {@code evidence}; empty when it tells nothing new. */
  Optional<Grown> plus(Evidence evidence, Instant now) {
    if (!freshness.isTimely(evidence)) {
      return Optional.empty();
    }
    if (isAheadOf(now)) {
      // Clocks were set back: by the old order everything new would be history.
      return start(check, probe, freshness)
          .plus(evidence, now)
          .map(grown -> new Grown(grown.track(), looks.reversed()));
    }
    if (evidence.observation().outcome() instanceof Outcome.Inconclusive) {
      return isNewInconclusive(evidence)
          ? Optional.of(new Grown(withInconclusive(Optional.of(evidence)), List.of()))
          : Optional.empty();
    }
    return isNew(evidence) ? Optional.of(grown(evidence)) : Optional.empty();
  }

  private Track withInconclusive(Optional<Evidence> other) {
    return with(new Kept(looks, other, heard, horizon));
  }

  private boolean isAheadOf(Instant now) {
    Instant limit = now.plus(Freshness.MAX_AHEAD);
    return horizon.filter(past -> past.started().isAfter(limit)).isPresent()
        || (!looks.isEmpty() && looks.getFirst().observation().started().isAfter(limit));
  }

  private boolean isNewInconclusive(Evidence evidence) {
    return inconclusive
        .filter(known -> Place.of(evidence).compareTo(Place.of(known)) <= 0)
        .isEmpty();
  }

  private boolean isNew(Evidence evidence) {
    if (horizon.filter(past -> Place.of(evidence).compareTo(past) <= 0).isPresent()) {
      return false;
    }
    Observation observation = evidence.observation();
    for (Evidence known : looks) {
      Observation other = known.observation();
      if (other.id().equals(observation.id())
          || other.scheduled().equals(observation.scheduled())) {
        return false;
      }
    }
    return true;
  }

  private Grown grown(Evidence evidence) {
    List<Evidence> ordered = new ArrayList<>(MAX_LOOKS + 1);
    ordered.addAll(looks);
    Place place = Place.of(evidence);
    int at = 0;
    while (at < ordered.size() && Place.of(ordered.get(at)).compareTo(place) > 0) {
      at++;
    }
    ordered.add(at, evidence);
    List<Evidence> settled = ordered.size() > MAX_LOOKS ? List.of(ordered.removeLast()) : List.of();
    Instant newest = evidence.received().isAfter(heard) ? evidence.received() : heard;
    Optional<Place> past = settled.isEmpty() ? horizon : Optional.of(Place.of(settled.getLast()));
    Kept kept = new Kept(List.copyOf(ordered), inconclusive, newest, past);
    return new Grown(with(kept), settled);
  }

  /** Whether something of it is no longer fresh at {@code now}. */
  boolean hasFadedAt(Instant now) {
    return !now.isBefore(due);
  }

  private boolean isSilentAt(Instant now) {
    return !looks.isEmpty() && !freshness.isFresh(heard, now);
  }

  private boolean isVagueAt(Instant now) {
    return inconclusive.filter(known -> !freshness.isFresh(known.received(), now)).isPresent();
  }

  /** This track without what is no longer fresh; what was counted stays counted. */
  Track freshAt(Instant now) {
    boolean silent = isSilentAt(now);
    return with(
        new Kept(
            silent ? List.of() : looks,
            isVagueAt(now) ? Optional.empty() : inconclusive,
            heard,
            silent ? Optional.of(Place.of(looks.getFirst())) : horizon));
  }

  /** When anything last arrived. */
  Instant lastArrival() {
    return inconclusive.map(Evidence::received).filter(heard::isBefore).orElse(heard);
  }

  /** What is fresh, newest first. */
  List<Evidence> evidenceAt(Instant now) {
    List<Evidence> fresh = new ArrayList<>(looks);
    inconclusive.ifPresent(fresh::add);
    fresh.removeIf(evidence -> !freshness.isFresh(evidence.received(), now));
    return fresh;
  }
}
