package parallax.coordinator.replay.world;

import parallax.coordinator.replay.scenario.ScenarioCheck;

/**
 * One check by one probe of one target: the identity of its result.
 *
 * @param probe index in the file
 * @param target index in the file
 * @param startMs by true time
 */
public record Look(int probe, int target, ScenarioCheck check, long startMs) {}
