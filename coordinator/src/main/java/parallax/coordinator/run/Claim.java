package parallax.coordinator.run;

import java.time.Instant;

/** What became of a wish to run something. */
public sealed interface Claim {
  /** It is on record, and whoever wished it may begin; nobody else may. */
  record Granted(Run run) implements Claim {}

  /** The same action runs for this incident. */
  record Running(Run run) implements Claim {}

  /** It would run by itself too soon, or too often. */
  record TooOften(Instant until) implements Claim {}

  /** Nobody knows what came of its last run for this incident: people decide. */
  record Unsure(Run run) implements Claim {}

  /** Another coordinator decides by now. */
  record Outdated() implements Claim {}

  /** The incident is over, or there is none. */
  record Over() implements Claim {}

  /** There is no room in the notebook, and what can't be written down is not done. */
  record Full() implements Claim {}
}
