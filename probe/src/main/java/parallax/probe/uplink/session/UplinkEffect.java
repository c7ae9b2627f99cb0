package parallax.probe.uplink.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.target.TargetName;
import parallax.config.wire.AssignmentParts;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.ProbeFrame;

/** What is to be done, in this order. */
public sealed interface UplinkEffect {
  /** Make a stream to the coordinator at this place of the list. */
  record Connect(int address) implements UplinkEffect {}

  /** Say who is there, what the clock shows, and which assignment is worked by. */
  record Greet(Optional<Long> assignment) implements UplinkEffect {}

  /** The coordinator listens: everything that is kept is to be sent, new observations first. */
  record Begin() implements UplinkEffect {}

  /** Say this. */
  record Say(ProbeFrame frame) implements UplinkEffect {}

  /** Answer a ping, with the clock's reading when it came and that of the answer. */
  record Pong(long id, Instant received) implements UplinkEffect {}

  /** Work by this assignment, and keep it. */
  record Adopt(AssignmentParts.Whole assignment) implements UplinkEffect {}

  /** Observations that were sent from {@code first} to {@code last} are safe. */
  record Forget(long boot, long first, long last) implements UplinkEffect {}

  /** Look once more. */
  record LookAgain(TargetName target, CheckKind check, Duration after) implements UplinkEffect {}

  /** Tell what was never handed over, if that has changed. */
  record TellDrops() implements UplinkEffect {}

  /** End the stream, or the attempt to make one. */
  record Close(String words) implements UplinkEffect {}

  /**
   * To be told to people: there is no stream any more.
   *
   * @param pause before the next attempt
   */
  record Ended(Refused.Why why, String words, Duration pause) implements UplinkEffect {}
}
