package parallax.coordinator.core.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parallax.config.check.CheckKind;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;

/**
 * What is fresh about one target: a {@link Track} for each kind of check and probe. Immutable. The
 * same looks give the same book in whatever order they arrive, as long as none is late by more than
 * {@link Track#MAX_LOOKS} places; a repetition changes nothing.
 */
public final class EvidenceBook {
  /** More tracks than this are not kept; the one that was silent for longest goes first. */
  public static final int MAX_TRACKS = 256;

  private static final EvidenceBook EMPTY = new EvidenceBook(List.of());

  private final List<Track> tracks;

  private EvidenceBook(List<Track> tracks) {
    this.tracks = tracks;
  }

  /**
   * A book after something new.
   *
   * @param settled looks that the track let go and nothing can overtake any more, oldest first
   */
  public record Added(EvidenceBook book, Track track, List<Evidence> settled) {
    public Added {
      settled = List.copyOf(settled);
    }
  }

  public static EvidenceBook empty() {
    return EMPTY;
  }

  /** The tracks, by kind of check and probe. */
  public List<Track> tracks() {
    return tracks;
  }

  public Optional<Track> track(CheckKind check, ProbeName probe) {
    int at = find(check, probe);
    return at >= 0 ? Optional.of(tracks.get(at)) : Optional.empty();
  }

  /** This book with {@code evidence}; empty when it tells nothing new. */
  public Optional<Added> plus(Evidence evidence, Freshness freshness, Instant now) {
    Observation observation = evidence.observation();
    CheckKind check = observation.check();
    ProbeName probe = observation.vantage().probe();
    int at = find(check, probe);
    if (at < 0 && tracks.size() >= MAX_TRACKS) {
      return withoutMostSilent().plus(evidence, freshness, now);
    }
    Track track = at >= 0 ? tracks.get(at) : Track.start(check, probe, freshness);
    return track
        .plus(evidence, now)
        .map(grown -> new Added(with(at, grown.track()), grown.track(), grown.settled()));
  }

  /** Whether something of it is no longer fresh at {@code now}. */
  public boolean hasFadedAt(Instant now) {
    for (Track track : tracks) {
      if (track.hasFadedAt(now)) {
        return true;
      }
    }
    return false;
  }

  /** This book without what is no longer fresh at {@code now}, whatever the clock did. */
  public EvidenceBook freshAt(Instant now) {
    return new EvidenceBook(tracks.stream().map(track -> track.freshAt(now)).toList());
  }

  /** The next instant at which something stops being fresh; empty when nothing is fresh. */
  public Optional<Instant> due() {
    Instant earliest = Instant.MAX;
    for (Track track : tracks) {
      earliest = track.due().isBefore(earliest) ? track.due() : earliest;
    }
    return earliest.equals(Instant.MAX) ? Optional.empty() : Optional.of(earliest);
  }

  /** This book without the kinds of check for which {@code keep} knows no freshness. */
  public EvidenceBook keeping(Function<CheckKind, Optional<Freshness>> keep) {
    return new EvidenceBook(
        tracks.stream()
            .flatMap(track -> keep.apply(track.check()).map(track::withFreshness).stream())
            .toList());
  }

  /** Everything fresh at {@code now}, newest first. */
  public List<Evidence> evidenceAt(Instant now) {
    List<Evidence> fresh = new ArrayList<>();
    tracks.forEach(track -> fresh.addAll(track.evidenceAt(now)));
    fresh.sort(EvidenceBook::newestFirst);
    return fresh;
  }

  private static int newestFirst(Evidence one, Evidence other) {
    int byArrival = other.received().compareTo(one.received());
    if (byArrival != 0) {
      return byArrival;
    }
    int byPlace = Place.of(other).compareTo(Place.of(one));
    if (byPlace != 0) {
      return byPlace;
    }
    int byKind = one.observation().check().compareTo(other.observation().check());
    return byKind != 0
        ? byKind
        : one.observation().vantage().probe().compareTo(other.observation().vantage().probe());
  }

  /** Where the track is, or {@code -1 - where} it belongs. */
  private int find(CheckKind check, ProbeName probe) {
    int low = 0;
    int high = tracks.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Track track = tracks.get(middle);
      int byKind = track.check().compareTo(check);
      int order = byKind != 0 ? byKind : track.probe().compareTo(probe);
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

  private EvidenceBook withoutMostSilent() {
    List<Track> kept = new ArrayList<>(tracks);
    tracks.stream().min(Comparator.comparing(Track::lastArrival)).ifPresent(kept::remove);
    return new EvidenceBook(Collections.unmodifiableList(kept));
  }

  private EvidenceBook with(int at, Track track) {
    List<Track> changed = new ArrayList<>(tracks.size() + 1);
    changed.addAll(tracks);
    if (at >= 0) {
      changed.set(at, track);
    } else {
      changed.add(-1 - at, track);
    }
    return new EvidenceBook(Collections.unmodifiableList(changed));
  }
}
