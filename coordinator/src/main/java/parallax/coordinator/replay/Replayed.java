package parallax.coordinator.replay;

import parallax.coordinator.replay.judge.Judge;
import parallax.coordinator.replay.judge.Judgement;
import parallax.coordinator.replay.record.Recording;
import parallax.coordinator.replay.scenario.Scenario;

/**
 * A scenario, what came of its replay and how that compares.
 *
 * @param seed it was replayed with; unsigned
 */
public record Replayed(Scenario scenario, long seed, Recording recording, Judgement judgement) {
  /** Replays a scenario and compares. */
  public static Replayed of(Scenario scenario, long seed, Trace trace) {
    Recording recording = Replay.run(scenario, seed, trace);
    return new Replayed(scenario, seed, recording, Judge.judge(scenario, recording));
  }
}
