package parallax.coordinator.cluster.exchange;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.coordinator.cluster.grid.GridNames;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.core.fleet.Beat;

/** The newest sign of life of every probe, told on any member, read by the one that leads. */
public final class Beats {
  /** Signs of life older than this say nothing, in minutes. */
  private static final int KEPT_MINUTES = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Beats.class);

  private final IMap<String, BeatNote> map;

  public Beats(HazelcastInstance hazelcast) {
    this.map = hazelcast.getMap(GridNames.BEATS);
  }

  /** How beats are told. */
  public static List<Wire<?>> wires() {
    return List.of(BeatNote.WIRE);
  }

  /** Tells a beat to all members; never blocks. One that gets lost is followed by the next. */
  public void tell(Beat beat) {
    try {
      map.setAsync(
              beat.vantage().probe().value(), new BeatNote(beat), KEPT_MINUTES, TimeUnit.MINUTES)
          .exceptionally(
              failure -> {
                LOG.debug("event=beat_not_told", failure);
                return null;
              });
    } catch (RuntimeException e) { // Hazelcast throws some refusals instead of handing them back
      LOG.debug("event=beat_not_told", e);
    }
  }

  /**
   * Each call gives what the last one found that was new; then it looks again, on a thread of its
   * own, so that nobody waits when the cluster does not answer.
   */
  public Supplier<List<Beat>> reader() {
    return new Reader();
  }

  private final class Reader implements Supplier<List<Beat>> {
    private final Map<String, Instant> known = new TreeMap<>();
    private final AtomicReference<List<Beat>> found = new AtomicReference<>(List.of());
    private final AtomicBoolean looking = new AtomicBoolean();

    @Override
    public List<Beat> get() {
      List<Beat> fresh = new ArrayList<>();
      for (Beat beat : found.getAndSet(List.of())) {
        if (!beat.received().equals(known.put(beat.vantage().probe().value(), beat.received()))) {
          fresh.add(beat);
        }
      }
      if (looking.compareAndSet(false, true)) {
        Thread.ofVirtual().name("parallax-beats").start(this::look);
      }
      return fresh;
    }

    private void look() {
      try {
        found.set(map.values().stream().map(BeatNote::beat).toList());
      } catch (RuntimeException e) { // no majority, or no answer: the next look is due in a second
        LOG.debug("event=beats_not_read", e);
      } finally {
        looking.set(false);
      }
    }
  }
}
