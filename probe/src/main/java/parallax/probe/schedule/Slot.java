package parallax.probe.schedule;

import parallax.config.check.CheckKind;
import parallax.config.target.TargetName;

/** One check of one target: what has a place in the schedule. */
public record Slot(TargetName target, CheckKind check) {}
