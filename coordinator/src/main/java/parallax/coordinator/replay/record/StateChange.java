package parallax.coordinator.replay.record;

import parallax.coordinator.core.verdict.TargetState;

/** A target is held to be in this state from this moment on. */
public record StateChange(long atMs, TargetState state) {}
