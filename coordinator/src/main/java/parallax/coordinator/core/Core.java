package parallax.coordinator.core;

import java.time.Instant;
import java.util.List;

/** The core as one function. */
public final class Core {
  private Core() {}

  /** Takes in what happened. */
  public static Step step(State state, Input input, Instant now) {
    return new Step(state, List.of());
  }

  /** A state that goes on where another core ended. */
  public static State restore(Memory memory) {
    return State.initial();
  }
}
