package parallax.coordinator.ingest;

import java.time.Duration;
import org.slf4j.Logger;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;

/** The way back to the probes. Called from the decision thread, so it must not block. */
@FunctionalInterface
public interface AskAgain {
  /** Asks one probe to look at a target again, {@code after} some time. */
  void checkNow(TargetName target, CheckKind check, ProbeName probe, Duration after);

  /** Asks, and logs where that fails. */
  default void ask(Effect.AskAgain again, Logger log) {
    try {
      checkNow(again.target(), again.check(), again.probe(), again.after());
    } catch (RuntimeException e) {
      log.error("ask_again=failed target={} error={}", again.target(), e.toString());
    }
  }
}
