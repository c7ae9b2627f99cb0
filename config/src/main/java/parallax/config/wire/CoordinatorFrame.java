package parallax.config.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/** What a coordinator says to a probe. */
public sealed interface CoordinatorFrame {
  /** The answer to Hello: the version that is spoken from here on, and what may be sent. */
  record Welcome(int version, Limits limits) implements CoordinatorFrame {}

  /**
   * What a coordinator takes from one probe: told with Welcome, and again by itself when it
   * changes. Each at least 1.
   *
   * @param batchBytes the largest frame, brought between {@link WireLimits#MIN_BATCH_BYTES} and
   *     {@link WireLimits#MAX_PROBE_FRAME_BYTES}
   * @param batchObservations in one frame, at most {@link WireLimits#MAX_BATCH}
   * @param perSecond observations a second, the backlog included
   * @param unacknowledged observations on the way without an ack
   */
  record Limits(int batchBytes, int batchObservations, int perSecond, int unacknowledged)
      implements CoordinatorFrame {
    public Limits {
      if (batchBytes < 1 || batchObservations < 1 || perSecond < 1 || unacknowledged < 1) {
        throw new IllegalArgumentException("limits must be positive");
      }
      batchBytes =
          Math.clamp(batchBytes, WireLimits.MIN_BATCH_BYTES, WireLimits.MAX_PROBE_FRAME_BYTES);
      batchObservations = Math.min(batchObservations, WireLimits.MAX_BATCH);
    }
  }

  /**
   * A part of the whole set of targets; see {@link AssignmentParts}.
   *
   * @param part from 0, below {@code parts}
   * @param parts at most {@link WireLimits#MAX_PARTS}
   * @param targets as far as this version can look at them
   * @param routes how routes are watched for them, in the first part; empty: nobody is listened to
   * @param notSupported what it cannot; empty in what is written
   */
  record Assignment(
      long revision,
      int part,
      int parts,
      List<Target> targets,
      Optional<RouteWatching> routes,
      List<ProbeFrame.NotSupported> notSupported)
      implements CoordinatorFrame {
    public Assignment {
      targets = List.copyOf(targets);
      notSupported = List.copyOf(notSupported);
      if (part < 0 || part >= parts || parts > WireLimits.MAX_PARTS) {
        throw new IllegalArgumentException("part " + part + " of " + parts);
      }
    }

    /** Without a word about routes. */
    public Assignment(
        long revision,
        int part,
        int parts,
        List<Target> targets,
        List<ProbeFrame.NotSupported> notSupported) {
      this(revision, part, parts, targets, Optional.empty(), notSupported);
    }
  }

  /**
   * What came of a run in this stream, from {@code first} to {@code sequence}, both included, is
   * safe. New observations go before older ones, so an ack says where it begins.
   */
  record Ack(long boot, long first, long sequence) implements CoordinatorFrame {
    public Ack {
      if (first < 0 || sequence < first) {
        throw new IllegalArgumentException("ack from " + first + " to " + sequence);
      }
    }
  }

  /** Look once more, after a while. */
  record LookAgain(TargetName target, CheckKind check, Duration after)
      implements CoordinatorFrame {}

  /** Asks for the probe's clock. */
  record Ping(long id, Instant sent) implements CoordinatorFrame {}

  /** The stream ends here. */
  record Refused(Why why, String text) implements CoordinatorFrame {
    /** Why, and what a probe should do. */
    public enum Why {
      /** For a reason that this version does not know. Try again, later. */
      UNSPECIFIED,
      /** No version in common. */
      VERSION,
      /** Credentials are missing, wrong or of another probe. */
      IDENTITY,
      /** Credentials were taken back. */
      REVOKED,
      /** Another stream speaks for this probe. */
      DUPLICATE,
      /** A frame did not keep to the contract. */
      MALFORMED,
      /** A frame was larger than agreed. */
      TOO_LARGE,
      /** More was sent than agreed. */
      RATE,
      /** Too much to do. Try another, or later. */
      BUSY,
      /** The coordinator stops. Try another. */
      CLOSING
    }
  }
}
