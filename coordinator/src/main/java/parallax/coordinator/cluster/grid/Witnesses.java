package parallax.coordinator.cluster.grid;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.Partition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import parallax.coordinator.cluster.pack.Wire;

/**
 * Has the other members confirm that this one is still one of them. A member that was suspended, or
 * has just been cut off, believes its own list for a while, and Hazelcast there calls changes safe
 * whose copies went to members that have put it out already. So what was changed counts only when a
 * majority, asked afterwards, still has this member in its list: until then its copies were taken.
 *
 * <p>Questions of the same moment are asked together, so that they cost the same however much is
 * changed.
 */
public final class Witnesses {
  /** From one round of questions to the next, at least, in milliseconds. */
  private static final long PACE_MILLIS = 10;

  /** How long a round waits for answers, in milliseconds. */
  private static final long MAX_WAIT_MILLIS = 4_000;

  private final HazelcastInstance hazelcast;
  private final Majority majority;
  private final IMap<Integer, Object> map;
  private final int keys;
  private final Executor later =
      CompletableFuture.delayedExecutor(PACE_MILLIS, TimeUnit.MILLISECONDS);

  /** The round that has not begun yet, which whoever comes now waits for. */
  private Optional<CompletableFuture<Optional<UUID>>> next = Optional.empty();

  private boolean asking;

  /**
   * Members that can be asked.
   *
   * @param map the name of a map whose keys, from 0 below {@code keys}, all members own some of
   */
  public Witnesses(HazelcastInstance hazelcast, Majority majority, String map, int keys) {
    this.hazelcast = hazelcast;
    this.majority = majority;
    this.map = hazelcast.getMap(map);
    this.keys = keys;
  }

  /** How it is asked. */
  public static List<Wire<?>> wires() {
    return List.of(RollCall.WIRE);
  }

  /** As what this member works now; to be asked before a change, and shown to {@link #confirm}. */
  public UUID self() {
    return hazelcast.getCluster().getLocalMember().getUuid();
  }

  /**
   * Whether a majority still has this member, asked from now on.
   *
   * @param self what it was before the change
   * @return completes within a bounded time, and never exceptionally
   */
  public CompletableFuture<Boolean> confirm(UUID self) {
    return round().thenApply(confirmed -> confirmed.filter(self::equals).isPresent());
  }

  private synchronized CompletableFuture<Optional<UUID>> round() {
    if (next.isEmpty()) {
      next = Optional.of(new CompletableFuture<>());
      if (!asking) {
        asking = true;
        later.execute(this::ask);
      }
    }
    return next.get();
  }

  private void ask() {
    CompletableFuture<Optional<UUID>> round;
    synchronized (this) {
      round = next.orElseThrow();
      next = Optional.empty();
    }
    CompletableFuture<Optional<UUID>> _ =
        answers()
            .whenComplete(
                (confirmed, failure) -> {
                  round.complete(failure == null ? confirmed : Optional.empty());
                  again();
                });
  }

  private synchronized void again() {
    asking = next.isPresent();
    if (asking) {
      later.execute(this::ask);
    }
  }

  private CompletableFuture<Optional<UUID>> answers() {
    try {
      UUID self = self();
      List<CompletableFuture<Boolean>> answers = new ArrayList<>();
      for (int key : keysOfOthers(self)) {
        answers.add(
            map.submitToKey(key, new RollCall(self))
                .toCompletableFuture()
                .copy()
                .completeOnTimeout(false, MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)
                .exceptionally(_ -> false));
      }
      return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
          .thenApply(
              _ -> {
                long yes = answers.stream().filter(CompletableFuture::join).count();
                return 1 + yes >= majority.quorum() ? Optional.of(self) : Optional.empty();
              });
    } catch (RuntimeException e) { // Hazelcast throws some refusals instead of handing them back
      return CompletableFuture.completedFuture(Optional.empty());
    }
  }

  /** One key of the map that each other member owns. */
  public List<Integer> keysOfOthers() {
    return keysOfOthers(self());
  }

  private List<Integer> keysOfOthers(UUID self) {
    Set<UUID> found = new HashSet<>();
    found.add(self);
    List<Integer> chosen = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      Partition partition = hazelcast.getPartitionService().getPartition(key);
      Member owner = partition.getOwner();
      if (owner != null && found.add(owner.getUuid())) {
        chosen.add(key);
      }
    }
    return chosen;
  }
}
