package parallax.probe.bgp.visibility;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.net.Cidr;

/** Something to be said of a watched prefix. Told when it changes. */
public sealed interface RouteVerdict {
  /** The prefix that is watched. */
  Cidr prefix();

  /** When it became so, as far as the events tell: before it was sure. */
  Instant since();

  /**
   * How far it is seen.
   *
   * @param coveredBy with {@link Reach#FALLBACK} what its addresses have left
   * @param origins who announces it, with how many voters
   * @param firstLoss of the last time that it was missed, where it was
   * @param lastLoss of the same time
   * @param collectors those that are out, with {@link Reach#LOCAL_COLLECTOR}
   */
  record Reached(
      Cidr prefix,
      Reach reach,
      Instant since,
      Optional<Cidr> coveredBy,
      Tally tally,
      SortedMap<Long, Integer> origins,
      Optional<Instant> firstLoss,
      Optional<Instant> lastLoss,
      SortedSet<String> collectors)
      implements RouteVerdict {
    public Reached {
      origins = Collections.unmodifiableSortedMap(new TreeMap<>(origins));
      collectors = Collections.unmodifiableSortedSet(new TreeSet<>(collectors));
    }
  }

  /** How sure it is, or that it is over. */
  enum Weight {
    /** Too few see it, or it may well be meant. */
    NOTICE,
    ALARM,
    OVER
  }

  /**
   * Somebody announces it, or a part of it, who did not.
   *
   * @param announced the prefix itself, or one inside
   * @param origin who
   * @param normal who does otherwise
   * @param validity by the RPKI; empty where no payloads are known
   * @param voters that have it, at most so far
   */
  record ForeignOrigin(
      Cidr prefix,
      Cidr announced,
      long origin,
      SortedSet<Long> normal,
      Optional<Validity> validity,
      int voters,
      Weight weight,
      Instant since)
      implements RouteVerdict {
    public ForeignOrigin {
      normal = Collections.unmodifiableSortedSet(new TreeSet<>(normal));
    }
  }

  /**
   * The origin is as always, the system next to it is not: somebody may speak in its name.
   *
   * @param announced the prefix itself, or one inside
   */
  record NewNeighbour(
      Cidr prefix,
      Cidr announced,
      long origin,
      long neighbour,
      Optional<Validity> validity,
      int voters,
      Weight weight,
      Instant since)
      implements RouteVerdict {}

  /**
   * The origin is as always, but many have it by another neighbour of the origin than they used to:
   * a provider is lost or won, or traffic is led elsewhere. A notice at most.
   *
   * @param usual neighbours of the origin, with how many voters used to have it by each
   * @param current the same as it is now
   * @param moved voters that have it by another one
   */
  record PathShifted(
      Cidr prefix,
      SortedMap<Long, Integer> usual,
      SortedMap<Long, Integer> current,
      int moved,
      Weight weight,
      Instant since)
      implements RouteVerdict {
    public PathShifted {
      usual = Collections.unmodifiableSortedMap(new TreeMap<>(usual));
      current = Collections.unmodifiableSortedMap(new TreeMap<>(current));
    }
  }

  /** What the RPKI says of the prefix as it is announced by a normal origin has changed. */
  record ValidityTurned(
      Cidr prefix, long origin, Optional<Validity> before, Optional<Validity> now, Instant since)
      implements RouteVerdict {}
}
