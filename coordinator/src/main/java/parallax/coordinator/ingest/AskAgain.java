package parallax.coordinator.ingest;

import java.time.Duration;
import parallax.config.check.CheckKind;
import parallax.config.target.TargetName;

/** The way back to the probes. Called from the decision thread, so it must not block. */
@FunctionalInterface
public interface AskAgain {
  /** Asks the probes that watch a target to look again, {@code after} some time. */
  void checkNow(TargetName target, CheckKind check, Duration after);
}
