package parallax.coordinator.ingest;

import java.time.Duration;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.target.TargetName;

/** The way back to the probes. Called from the decision thread, so it must not block. */
@FunctionalInterface
public interface AskAgain {
  /** Asks one probe to look at a target again, {@code after} some time. */
  void checkNow(TargetName target, CheckKind check, ProbeName probe, Duration after);
}
