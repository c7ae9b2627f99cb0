package parallax.coordinator.cluster.replica;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import parallax.coordinator.intake.Receipt;

/** What Hazelcast's exceptions mean to a probe. */
public final class Refusals {
  private static final int MAX_CAUSES = 8;

  private Refusals() {}

  /** Why something is not safe. */
  public static Receipt.Why why(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; depth < MAX_CAUSES && at.getCause() != null && wraps(at); depth++) {
      at = at.getCause();
    }
    return switch (at) {
      case SplitBrainProtectionException _ -> Receipt.Why.NO_QUORUM;
      case HazelcastInstanceNotActiveException _ -> Receipt.Why.CLOSING;
      case TimeoutException _ -> Receipt.Why.TIMEOUT;
      case OperationTimeoutException _ -> Receipt.Why.TIMEOUT;
      case IndeterminateOperationStateException _ -> Receipt.Why.INDETERMINATE;
      // Members that left, partitions that moved too often: it may have been done or not.
      default -> Receipt.Why.INDETERMINATE;
    };
  }

  private static boolean wraps(Throwable failure) {
    return failure instanceof CompletionException || failure instanceof ExecutionException;
  }
}
