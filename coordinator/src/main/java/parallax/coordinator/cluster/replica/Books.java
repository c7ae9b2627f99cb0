package parallax.coordinator.cluster.replica;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import parallax.coordinator.cluster.grid.GridNames;
import parallax.coordinator.cluster.grid.Majority;
import parallax.coordinator.cluster.item.Parcel;
import parallax.coordinator.cluster.pack.Wire;
import parallax.coordinator.cluster.shard.BookBytes;
import parallax.coordinator.cluster.shard.BookLimits;
import parallax.coordinator.cluster.shard.ShardBook;

/** The books of all shards, wherever their owners are. Thread-safe. */
public final class Books {
  /** Longer than this nobody waits for an answer, in milliseconds. */
  static final int MAX_WAIT_MILLIS = 6_000;

  private final IMap<Integer, ShardBook> map;
  private final Majority majority;
  private final BookLimits limits;
  private final long member;

  /**
   * The books of a cluster.
   *
   * @param member this one; random for each start
   */
  public Books(HazelcastInstance hazelcast, Majority majority, BookLimits limits, long member) {
    this.majority = majority;
    this.map = hazelcast.getMap(GridNames.BOOKS);
    this.limits = limits;
    this.member = member;
  }

  /** How books, and what is asked of them, are told. */
  public static List<Wire<?>> wires(BookLimits limits, long member) {
    return List.of(
        new Wire<>(ShardBook.class, "parallax.ShardBook", BookBytes::pack, BookBytes::unpack),
        Answer.WIRE,
        Lookup.WIRE,
        Change.wire(limits, member));
  }

  CompletableFuture<Answer> change(int shard, Task.Changing task) {
    return bounded(() -> map.submitToKey(shard, Change.of(task, limits, member)))
        .thenApply(majority::after);
  }

  CompletableFuture<Answer> read(int shard, Task.Reading task) {
    return bounded(() -> map.submitToKey(shard, new Lookup(task)));
  }

  /**
   * Has every owner and backup touch every book, so that nothing has to be set up later, when a
   * member may be cut off.
   *
   * @return fails when there is no majority
   */
  public CompletableFuture<Void> touch() {
    return all(new Task.Take(Parcel.of(List.of())));
  }

  /**
   * Forgets what is held of targets.
   *
   * @return fails when it may not be done everywhere
   */
  public CompletableFuture<Void> forget(Collection<String> targets) {
    return all(new Task.Forget(List.copyOf(targets)));
  }

  private CompletableFuture<Void> all(Task.Changing task) {
    return CompletableFuture.allOf(
        Shards.all().mapToObj(shard -> change(shard, task)).toArray(CompletableFuture[]::new));
  }

  private static <T> CompletableFuture<T> bounded(Supplier<CompletionStage<T>> call) {
    try {
      CompletableFuture<T> answer = call.get().toCompletableFuture().copy();
      return answer.orTimeout(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) { // Hazelcast throws some refusals instead of handing them back
      return CompletableFuture.failedFuture(e);
    }
  }
}
