package parallax.deploy.coordinator;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parallax.coordinator.cluster.ClusterMember;

/** A member that calls others before whoever started it has it in hand. */
final class Joined {
  /** How long those wait for the rest to be put together. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final CompletableFuture<ClusterMember> member = new CompletableFuture<>();

  void complete(ClusterMember joined) {
    member.complete(joined);
  }

  /** Waits for it; not to be called by whoever completes it. */
  ClusterMember member() {
    try {
      return member.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while joining", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the member was never put together", e);
    }
  }
}
