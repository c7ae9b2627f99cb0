package parallax.coordinator.cluster.exchange;

import java.time.Duration;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.target.TargetName;

/** A probe is asked to look at a target again, {@code after} some time. */
public record LookAgain(TargetName target, CheckKind check, ProbeName probe, Duration after) {}
