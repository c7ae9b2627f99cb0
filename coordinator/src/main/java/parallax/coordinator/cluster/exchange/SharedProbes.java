package parallax.coordinator.cluster.exchange;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.cluster.grid.GridNames;
import parallax.coordinator.cluster.grid.MemberAttributes;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.view.ProbeConnection;

/**
 * How the stream of every probe does, told by the member that holds it at one pace, whether there
 * is news or not, and read by all.
 */
public final class SharedProbes {
  /** Between two times that a member tells. */
  public static final int PACE_SECONDS = 5;

  /** Of more probes than this the further ones are not told. */
  static final int MAX_PROBES = 5_000;

  /** What is known of a stream that has ended is shown for so long. */
  private static final int KEPT_HOURS = 24;

  private static final Logger LOG = LoggerFactory.getLogger(SharedProbes.class);

  private final HazelcastInstance hazelcast;
  private final IMap<String, ProbeNote> map;
  private final Supplier<List<ProbeConnection>> here;
  private volatile List<ProbeConnection> elsewhere = List.of();

  /**
   * Nothing is told before the first {@link #refresh}.
   *
   * @param here the streams of this member, those that have ended among them
   */
  public SharedProbes(HazelcastInstance hazelcast, Supplier<List<ProbeConnection>> here) {
    this.hazelcast = hazelcast;
    this.map = hazelcast.getMap(GridNames.PROBES);
    this.here = here;
  }

  /** How they are told. */
  public static List<Wire<?>> wires() {
    return List.of(ProbeNote.WIRE);
  }

  /** Tells and reads; blocks for a bounded time. */
  public void refresh() {
    try {
      String self = MemberAttributes.id(hazelcast.getCluster().getLocalMember());
      Set<String> present =
          hazelcast.getCluster().getMembers().stream()
              .map(MemberAttributes::id)
              .collect(Collectors.toSet());
      Map<String, ProbeNote> told = new TreeMap<>();
      map.values().forEach(note -> told.put(note.connection().vantage().probe().value(), note));
      List<ProbeConnection> read = new ArrayList<>();
      for (ProbeNote note : told.values()) {
        if (!note.memberId().equals(self)) {
          boolean left = !present.contains(note.memberId());
          read.add(left ? note.connection().gone() : note.connection());
        }
      }
      elsewhere = List.copyOf(read);
      tell(self, told, present);
    } catch (RuntimeException e) { // no majority, or no answer: the next round does it
      LOG.debug("event=probes_not_shared", e);
    }
  }

  private void tell(String self, Map<String, ProbeNote> told, Set<String> present) {
    Collection<ProbeConnection> own = ProbeConnection.byProbe(here.get()).values();
    for (ProbeConnection mine : own.stream().limit(MAX_PROBES).toList()) {
      String probe = mine.vantage().probe().value();
      Optional<ProbeNote> there = Optional.ofNullable(told.get(probe));
      boolean tells =
          switch (mine.state()) {
            case OPEN, HELD_BACK -> true;
            // What was not let in, or has ended, never hides what another member has.
            case WAITING -> there.filter(note -> isOthers(note, self, present)).isEmpty();
            case GONE ->
                there
                    .filter(note -> note.memberId().equals(self))
                    .filter(note -> !note.connection().isGone())
                    .isPresent();
          };
      if (tells) {
        map.setAsync(probe, new ProbeNote(mine, self), KEPT_HOURS, TimeUnit.HOURS);
      }
    }
  }

  private static boolean isOthers(ProbeNote note, String self, Set<String> present) {
    return !note.memberId().equals(self) && present.contains(note.memberId());
  }

  /** The streams of the other members, as they were told lately; cheap. */
  public List<ProbeConnection> elsewhere() {
    return elsewhere;
  }
}
