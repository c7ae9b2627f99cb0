package parallax.probe.uplink.session;

import java.util.Optional;
import parallax.config.wire.AssignmentParts;
import parallax.config.wire.CoordinatorFrame.Limits;

/**
 * Where an uplink stands. Times are nanoseconds since some moment before its start, by a clock that
 * never goes back.
 *
 * @param address the place in the list that is in use, or is tried next
 * @param failures attempts in a row that came to nothing
 * @param assignment the revision that the probe works by
 * @param stopping whether the probe ends
 */
public record UplinkState(
    Phase phase, int address, int failures, Optional<Long> assignment, boolean stopping) {

  /** Of one stream after the other. */
  public sealed interface Phase {}

  /**
   * There is none.
   *
   * @param until when the next attempt is made
   * @param refused whether other credentials might change that
   */
  public record Waiting(long until, boolean refused) implements Phase {}

  /** One is being made. */
  public record Connecting(long since) implements Phase {}

  /** Hello was said. */
  public record Greeting(long since) implements Phase {}

  /**
   * Welcome was said.
   *
   * @param heard when the last frame came
   * @param toldDrops when drops were told last
   */
  public record Open(
      Limits limits, long since, long heard, long toldDrops, Traffic traffic, Parts parts)
      implements Phase {
    Open heardAt(long now) {
      return new Open(limits, since, now, toldDrops, traffic, parts);
    }

    Open toldDropsAt(long now) {
      return new Open(limits, since, heard, now, traffic, parts);
    }

    Open with(Limits other) {
      return new Open(other, since, heard, toldDrops, traffic, parts);
    }

    Open with(Traffic other) {
      return new Open(limits, since, heard, toldDrops, other, parts);
    }

    Open with(Parts other) {
      return new Open(limits, since, heard, toldDrops, traffic, other);
    }
  }

  /** The probe has ended. */
  public record Over() implements Phase {}

  /** What was sent in a stream. */
  record Traffic(Window window, Rate rate) {
    static final Traffic NONE = new Traffic(Window.EMPTY, Rate.NONE);

    Traffic acknowledged(long boot, long first, long last) {
      return new Traffic(window.minus(boot, first, last), rate);
    }
  }

  /**
   * What came of an assignment.
   *
   * @param bytes of its parts, repeated ones too
   */
  record Parts(AssignmentParts parts, long revision, int bytes) {
    static final Parts NONE = new Parts(AssignmentParts.NONE, 0, 0);
  }

  /** Of what may be sent, this share is for new observations alone, whatever the backlog is. */
  static final int RESERVE_SHARE = 4;

  UplinkState in(Phase other) {
    return new UplinkState(other, address, failures, assignment, stopping);
  }

  UplinkState assigned(long revision) {
    return new UplinkState(phase, address, failures, Optional.of(revision), stopping);
  }

  UplinkState stopped() {
    return new UplinkState(phase, address, failures, assignment, true);
  }

  /** What a coordinator takes, while one listens. */
  public Optional<Limits> limits() {
    return phase instanceof Open open ? Optional.of(open.limits()) : Optional.empty();
  }

  /** Observations on the way without an ack. */
  public int unacknowledged() {
    return phase instanceof Open open ? open.traffic().window().count() : 0;
  }

  /** How many new observations may be sent in one frame now; 0: none. */
  public int mayLive(long now) {
    return may(now, 0, 0);
  }

  /** How many older ones may; never so many that new ones would have to wait. */
  public int mayBacklog(long now) {
    return stopping
        ? 0
        : limits()
            .map(
                limits ->
                    may(
                        now,
                        limits.unacknowledged() / RESERVE_SHARE,
                        limits.perSecond() / RESERVE_SHARE))
            .orElse(0);
  }

  private int may(long now, int ofWindow, int ofRate) {
    if (!(phase instanceof Open open) || open.traffic().window().isFull()) {
      return 0;
    }
    Limits limits = open.limits();
    int window = limits.unacknowledged() - ofWindow - open.traffic().window().count();
    int rate = limits.perSecond() - ofRate - open.traffic().rate().ofLastSecond(now);
    return Math.max(0, Math.min(limits.batchObservations(), Math.min(window, rate)));
  }
}
