package parallax.probe.bgp.watch;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.probe.bgp.table.PeerStanding;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.net.Cidr;

/**
 * How all watched prefixes stood at one moment. Immutable, for readers on any thread.
 *
 * @param blind no source is heard
 * @param sources by name
 * @param payloads of the RPKI that count; empty where none are known
 */
public record RouteSnapshot(
    Instant at,
    boolean blind,
    SortedMap<Cidr, Standing> prefixes,
    SortedMap<String, SourceState> sources,
    OptionalInt payloads) {
  /** Before anything was heard. */
  public static final RouteSnapshot NOTHING =
      new RouteSnapshot(
          Instant.EPOCH, true, new TreeMap<>(Prefixes.ORDER), new TreeMap<>(), OptionalInt.empty());

  public RouteSnapshot {
    SortedMap<Cidr, Standing> sorted = new TreeMap<>(Prefixes.ORDER);
    sorted.putAll(prefixes);
    prefixes = Collections.unmodifiableSortedMap(sorted);
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  /** How this one stands, if it is watched. */
  public Optional<Standing> of(Cidr prefix) {
    return Optional.ofNullable(prefixes.get(prefix));
  }

  /**
   * One prefix.
   *
   * @param reached how far it is seen
   * @param normal who announces it when all is well, sorted; empty while that is not known
   * @param foreign announcements, of it or a part of it, by who does not
   * @param neighbours of a normal origin that were not there before
   * @param invalid what of it the RPKI does not allow any more
   */
  public record Standing(
      RouteVerdict.Reached reached,
      List<Long> normal,
      List<RouteVerdict.ForeignOrigin> foreign,
      List<RouteVerdict.NewNeighbour> neighbours,
      List<RouteVerdict.ValidityTurned> invalid) {
    public Standing {
      normal = List.copyOf(normal);
      foreign = List.copyOf(foreign);
      neighbours = List.copyOf(neighbours);
      invalid = List.copyOf(invalid);
    }
  }

  /**
   * One source.
   *
   * @param connected as it said last
   * @param up sessions of peers
   * @param down sessions of peers that were up
   * @param unsound peers whose word does not count
   * @param broken why, of the first {@link #MAX_BROKEN} of them, by address
   */
  public record SourceState(
      boolean connected,
      int up,
      int down,
      int unsound,
      SortedMap<String, PeerStanding.Health> broken) {
    /** More are counted, and not named. */
    public static final int MAX_BROKEN = 16;

    public SourceState {
      broken = Collections.unmodifiableSortedMap(new TreeMap<>(broken));
    }
  }
}
