package parallax.coordinator.replay.scenario;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What an event changes. */
public sealed interface Change {
  /**
   * What checks see.
   *
   * @param tokens at most one of each layer
   * @param latencyMs added to the duration of a check
   * @param fromProbability with which it applies to an attempt at the start of the window
   * @param toProbability and at its end
   * @param sticky one draw for each probe and target, not for each attempt
   */
  record See(
      List<Token> tokens,
      OptionalLong latencyMs,
      double fromProbability,
      double toProbability,
      boolean sticky)
      implements Change {
    public See {
      tokens = List.copyOf(tokens);
    }

    /** The probability when this part of the window has passed. */
    public double probability(double passed) {
      return fromProbability + (toProbability - fromProbability) * passed;
    }
  }

  /** What route collectors see of some prefixes. */
  record Routes(List<String> prefixes, OptionalDouble visibility, OptionalLong origin)
      implements Change {
    public Routes {
      prefixes = List.copyOf(prefixes);
    }
  }

  /**
   * What becomes of messages that are finished in the window.
   *
   * @param drop none arrives
   * @param holdUntilMs results are sent then, or within two seconds; heartbeats are lost
   * @param minDelayMs on the way, drawn evenly up to {@code maxDelayMs}
   * @param duplicates how many further copies arrive 1 to 30 s after the first
   */
  record Delivery(
      boolean drop, OptionalLong holdUntilMs, long minDelayMs, long maxDelayMs, int duplicates)
      implements Change {
    /** The most copies of a message. */
    public static final int MAX_DUPLICATES = 10;
  }

  /** The probes' own clocks are wrong; positive: ahead. */
  record Clock(long offsetMs) implements Change {}

  /** An announced maintenance of targets, known from the start. */
  record Maintenance() implements Change {}
}
