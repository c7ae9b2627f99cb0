package parallax.probe.check;

import io.vertx.core.Future;
import parallax.config.check.CheckSpec;

/**
 * One way of looking. A check has one deadline, is one call, and closes what it opens: when the
 * future completes nothing of the attempt is left, on the wire or on the heap.
 *
 * @param <S> what it is told to do
 */
public interface Check<S extends CheckSpec> {
  /**
   * Looks once. May be called from any thread and many times at once; must not block the caller.
   *
   * @return never fails: whatever happens is a {@link CheckResult}. Completes at the deadline at
   *     the latest
   */
  Future<CheckResult> run(S spec, Deadline deadline);
}
