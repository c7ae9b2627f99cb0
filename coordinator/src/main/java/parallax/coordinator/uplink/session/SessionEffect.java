package parallax.coordinator.uplink.session;

import java.util.List;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;

/** What is to be done for a session, in this order. */
public sealed interface SessionEffect {
  /** Send a frame. */
  record Send(CoordinatorFrame frame) implements SessionEffect {}

  /** Send all frames of an assignment, and none of an older one any more. */
  record SendAssignment(Assignments.Share share) implements SessionEffect {}

  /** Find out whether somebody else speaks for the probe, and say {@code Admitted} or refuse. */
  record Introduce(ProbeFrame.Hello hello) implements SessionEffect {}

  /**
   * Hand over to the intake, and say {@code Answered}.
   *
   * @param late whether all of it waited at the probe: it says how it was, not how it is
   */
  record Take(long ticket, List<Evidence> evidence, boolean late) implements SessionEffect {
    public Take {
      evidence = List.copyOf(evidence);
    }
  }

  /** Tell the intake that the probe is alive. */
  record Alive(Beat beat) implements SessionEffect {}

  /** The probe answered after a challenge. */
  record ProvedAlive() implements SessionEffect {}

  /** Read on, or do not. */
  record Read(boolean on) implements SessionEffect {}

  /** Count. */
  record Count(What what, long amount) implements SessionEffect {}

  /** Say how the probe's clock is now. */
  record ClockTurned(ClockState state, ProbeClock.Sample sample) implements SessionEffect {}

  /** Close, once all is sent; {@code why} is for logs. */
  record Close(String why) implements SessionEffect {}

  /** How good a probe's clock is. */
  enum ClockState {
    FINE,
    /** By more than {@link Rules#CLOCK_OFF}. */
    OFF,
    /** By more than {@link Rules#CLOCK_FAR_OFF}. */
    FAR_OFF
  }

  /** What is counted. */
  enum What {
    /** Observations that are safe. */
    STORED,
    /** Observations that the probe was left with, to hand them over again. */
    KEPT,
    /**
     * Observations of targets that the probe may not speak of, by any assignment that is known
     * here: acknowledged and thrown away.
     */
    NOT_ASSIGNED,
    /** Observations that this version cannot read: acknowledged and passed over. */
    UNREADABLE,
    /** Frames of an unknown kind. */
    NEWER_FRAMES,
    /** Acks. */
    ACKS,
    /** How often a stream was not read for a while. */
    HELD_BACK
  }
}
