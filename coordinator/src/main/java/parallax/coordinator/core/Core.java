package parallax.coordinator.core;

import java.time.Instant;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.state.Memory;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.state.Turn;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.RouteView;
import parallax.coordinator.core.watch.Watchlist;

/**
 * The core as one function. What was seen goes into the looks of its unit; a unit that is suspected
 * asks others and is judged; who fails everywhere is not believed; targets that fail together are
 * one incident; people are told of it once. The same state, input and time give the same step.
 */
public final class Core {
  private Core() {}

  /**
   * Takes in what happened.
   *
   * @param now the coordinator's time, by which evidence fades
   */
  public static Step step(State state, Input input, Instant now) {
    Turn turn = Turn.of(state, now);
    switch (input) {
      case Input.Observed(Evidence evidence) -> turn.observed(evidence);
      case Input.Heard(Beat beat) -> turn.heard(beat);
      case Input.Routed(RouteView view) -> turn.routed(view);
      case Input.Learnt(TargetName target, Dependencies known) -> turn.learnt(target, known);
      case Input.Tick() -> turn.ticked();
      case Input.Configured(Watchlist watchlist) -> turn.configured(watchlist);
    }
    return new Step(turn.done(), turn.effects());
  }

  /**
   * A state that goes on where another core ended. Its first {@link Input.Configured} takes the
   * memory over: open incidents stay open and are told no second time, every verdict is UNKNOWN
   * until something fresh is seen, and what is no longer configured is forgotten. Where what is
   * seen first is what was held before, that goes on, since when it began; else, and where nothing
   * is seen for as long as a look tells anything, a verdict of UNKNOWN is told, since the taking
   * over.
   */
  public static State restore(Memory memory) {
    return State.remembering(memory);
  }
}
