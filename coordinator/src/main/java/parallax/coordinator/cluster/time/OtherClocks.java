package parallax.coordinator.cluster.time;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.cluster.grid.Witnesses;
import parallax.coordinator.cluster.pack.Wire;

/** The clocks of the other members. Thread-safe. */
public final class OtherClocks {
  /** An answer that took longer says too little about the time. */
  private static final Duration MAX_ROUND_TRIP = Duration.ofMillis(500);

  private final Witnesses others;
  private final IMap<Integer, Object> map;
  private final LongSupplier nanos;

  /**
   * Those of a cluster.
   *
   * @param own the wall clock of this member, which others ask for
   * @param map the name of a map of which all members own keys
   */
  public OtherClocks(
      HazelcastInstance hazelcast,
      Witnesses others,
      String map,
      InstantSource own,
      LongSupplier nanos) {
    this.others = others;
    this.map = hazelcast.getMap(map);
    this.nanos = nanos;
    hazelcast.getUserContext().put(TimeCall.CLOCK, own);
  }

  /** How it is asked. */
  public static List<Wire<?>> wires() {
    return List.of(TimeCall.WIRE);
  }

  /**
   * How far each of the others' clocks is ahead of {@code clock}; of those who answer soon.
   *
   * @return completes within a bounded time
   */
  public CompletableFuture<List<Duration>> ahead(InstantSource clock) {
    try {
      List<CompletableFuture<Optional<Duration>>> answers = new ArrayList<>();
      for (int key : others.keysOfOthers()) {
        answers.add(ask(key, clock));
      }
      return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .thenApply(
              _ ->
                  answers.stream().map(CompletableFuture::join).flatMap(Optional::stream).toList());
    } catch (RuntimeException e) { // Hazelcast throws some refusals instead of handing them back
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Optional<Duration>> ask(int key, InstantSource clock) {
    long asked = nanos.getAsLong();
    return map.submitToKey(key, new TimeCall())
        .toCompletableFuture()
        .copy()
        .thenApply(answer -> ahead(answer, nanos.getAsLong() - asked, clock))
        .completeOnTimeout(Optional.empty(), MAX_ROUND_TRIP.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(_ -> Optional.empty());
  }

  /** It was read about half way. */
  private static Optional<Duration> ahead(
      @Nullable Long answer, long roundTrip, InstantSource clock) {
    if (answer == null) {
      return Optional.empty();
    }
    Instant read = clock.instant().minusNanos(roundTrip / 2);
    return Optional.of(Duration.between(read, TimeCall.instant(answer)));
  }
}
