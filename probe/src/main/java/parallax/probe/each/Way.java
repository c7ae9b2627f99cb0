package parallax.probe.each;

import io.vertx.core.Future;
import parallax.config.check.CheckSpec;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;

/** Comes from a check to looks. */
@FunctionalInterface
public interface Way {
  /**
   * Makes the check that {@code spec} describes, by one look or several.
   *
   * @return never fails unless {@code look} does
   */
  Future<CheckResult> run(CheckSpec spec, Deadline deadline, Look look);

  /** Makes one look. */
  @FunctionalInterface
  interface Look {
    /** Never fails. */
    Future<CheckResult> run(CheckSpec spec, Deadline deadline);
  }
}
