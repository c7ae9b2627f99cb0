package parallax.coordinator.cluster.exchange;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.cluster.grid.GridNames;
import parallax.coordinator.cluster.grid.MemberAttributes;
import parallax.coordinator.cluster.pack.Wire;

/**
 * Streams in a map of the cluster. What is told is told again by {@link #refresh}, so that nothing
 * has to succeed at once.
 */
public final class SharedStreams implements Streams {
  private static final int MAX_WAIT_MILLIS = 3_000;
  private static final Logger LOG = LoggerFactory.getLogger(SharedStreams.class);

  private final HazelcastInstance hazelcast;
  private final IMap<String, StreamNote> map;
  private final InstantSource clock;
  private final Map<String, StreamNote> own = new ConcurrentHashMap<>();
  private volatile List<ProbeStream> known = List.of();

  public SharedStreams(HazelcastInstance hazelcast, InstantSource clock) {
    this.hazelcast = hazelcast;
    this.map = hazelcast.getMap(GridNames.STREAMS);
    this.clock = clock;
  }

  /** How streams are told. */
  public static List<Wire<?>> wires() {
    return List.of(StreamNote.WIRE);
  }

  @Override
  public CompletionStage<Optional<ProbeStream>> opened(String probe, long boot) {
    Member here = hazelcast.getCluster().getLocalMember();
    ProbeStream stream =
        new ProbeStream(
            probe,
            boot,
            MemberAttributes.card(here).name(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    StreamNote note = new StreamNote(stream, MemberAttributes.id(here));
    Optional<ProbeStream> ownBefore =
        Optional.ofNullable(own.put(probe, note)).map(StreamNote::stream);
    try {
      return map.putAsync(probe, note)
          .toCompletableFuture()
          .copy()
          .orTimeout(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)
          .thenApply(
              before -> Optional.ofNullable(before).filter(this::isPresent).map(StreamNote::stream))
          .exceptionally(_ -> ownBefore);
    } catch (RuntimeException e) { // Hazelcast throws some refusals instead of handing them back
      return CompletableFuture.completedFuture(ownBefore);
    }
  }

  private boolean isPresent(StreamNote note) {
    return presentIds().contains(note.memberId());
  }

  private Set<String> presentIds() {
    return hazelcast.getCluster().getMembers().stream()
        .map(MemberAttributes::id)
        .collect(Collectors.toSet());
  }

  @Override
  public void closed(String probe, long boot) {
    StreamNote note = own.get(probe);
    if (note != null && note.stream().boot() == boot && own.remove(probe, note)) {
      Thread.ofVirtual().name("parallax-streams").start(() -> remove(note));
    }
  }

  private void remove(StreamNote note) {
    try {
      map.remove(note.stream().probe(), note);
    } catch (RuntimeException e) { // no majority, or no answer: the next refresh does it
      LOG.debug("event=stream_not_removed", e);
    }
  }

  /** Reads what is known, and tells again what the map has not; blocks for a bounded time. */
  public void refresh() {
    try {
      Map<String, StreamNote> all = new TreeMap<>();
      map.values().forEach(note -> all.put(note.stream().probe(), note));
      Set<String> present = presentIds();
      String here = MemberAttributes.id(hazelcast.getCluster().getLocalMember());
      for (StreamNote note : all.values()) {
        StreamNote mine = own.get(note.stream().probe());
        boolean left = !present.contains(note.memberId());
        if (left || (note.memberId().equals(here) && !note.equals(mine))) {
          map.remove(note.stream().probe(), note);
        }
      }
      own.forEach((probe, note) -> tellAgain(all.get(probe), note, present));
      known =
          all.values().stream()
              .filter(note -> present.contains(note.memberId()))
              .map(StreamNote::stream)
              .toList();
    } catch (RuntimeException e) { // no majority, or no answer: the next refresh does it
      LOG.debug("event=streams_not_refreshed", e);
    }
  }

  private void tellAgain(@Nullable StreamNote there, StreamNote mine, Set<String> present) {
    boolean taken =
        there != null
            && present.contains(there.memberId())
            && !there.stream().since().isBefore(mine.stream().since());
    if (!taken) {
      map.set(mine.stream().probe(), mine);
    }
  }

  @Override
  public List<ProbeStream> known() {
    return known;
  }
}
