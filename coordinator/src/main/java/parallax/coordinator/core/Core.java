package parallax.coordinator.core;

import java.time.Instant;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Watchlist;

/**
 * The core as one function. What was seen goes into the looks of its unit; a unit that is suspected
 * asks others and is judged ({@link Judging}); who fails everywhere is not believed ({@link
 * Sickness}); targets that fail together are one incident ({@link Incidents}); people are told of
 * it once. The same state, input and time give the same step.
 */
public final class Core {
  private Core() {}

  /**
   * Takes in what happened.
   *
   * @param now the coordinator's time, by which evidence fades
   */
  public static Step step(State state, Input input, Instant now) {
    Turn turn =
        new Turn(state, state.at().isAfter(now) && !state.isAheadOf(now) ? state.at() : now);
    switch (input) {
      case Input.Observed(Evidence evidence) -> Judging.observed(turn, evidence);
      case Input.Heard(Beat beat) -> turn.fleet = turn.fleet.heard(beat);
      case Input.Routed(RouteView view) ->
          turn.routes = turn.routes.with(view.prefix(), view.visibility(), view.origin());
      case Input.Learnt(TargetName target, Dependencies dependencies) ->
          Changes.learnt(turn, target, dependencies);
      case Input.Tick() -> ticked(turn);
      case Input.Configured(Watchlist watchlist) -> Changes.configured(turn, watchlist);
    }
    Incidents.correlate(turn);
    return turn.done();
  }

  /**
   * A state that goes on where another core ended. Its first {@link Input.Configured} takes the
   * memory over: open incidents stay open and are told no second time, every verdict is UNKNOWN
   * until something fresh is seen, and what is no longer configured is forgotten.
   */
  public static State restore(Memory memory) {
    return State.remembering(memory);
  }

  private static void ticked(Turn turn) {
    turn.ticked = turn.now;
    Sickness.look(turn);
    Judging.passed(turn);
    Incidents.look(turn);
  }
}
