package parallax.coordinator.replay.world;

import parallax.coordinator.core.Input;

/** What reaches the coordinator, and when. */
public record Arrival(long atMs, Input input) {}
