package parallax.coordinator.uplink.session;

import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.intake.Receipt;

/** What happens to a session. */
public sealed interface SessionInput {
  /**
   * A frame came.
   *
   * @param bytes its length
   */
  record Came(ProbeFrame frame, int bytes) implements SessionInput {}

  /** A frame of a kind came that this version does not know. */
  record CameNewer() implements SessionInput {}

  /** The stream is to end: what came does not keep to the contract, or somebody wants it so. */
  record Refuse(Refused refused) implements SessionInput {}

  /**
   * Nobody else speaks for the probe: it may.
   *
   * @param sharers how many catch up here, this one included
   */
  record Admitted(Assignments.Share share, int sharers) implements SessionInput {}

  /** What became of {@link SessionEffect.Take}. */
  record Answered(long ticket, Receipt receipt) implements SessionInput {}

  /** There is a new assignment. */
  record Assigned(Assignments.Share share) implements SessionInput {}

  /** The probe is to look once more. */
  record Look(CoordinatorFrame.LookAgain again) implements SessionInput {}

  /** Somebody else wants to speak for the probe: is it still there? */
  record Challenged() implements SessionInput {}

  /**
   * Time has passed.
   *
   * @param outdated whether other members go by an assignment that is not in force here yet
   * @param sharers how many catch up here
   * @param read whether the stream is read now
   */
  record Tick(boolean outdated, int sharers, boolean read) implements SessionInput {}
}
