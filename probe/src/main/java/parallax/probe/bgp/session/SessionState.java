package parallax.probe.bgp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.MessageContext;

/**
 * Where a session stands (RFC 4271 section 8.2.2). The states before there is a connection are not
 * ours: we never connect.
 *
 * @param theirs what the neighbour said of itself, once it has
 * @param context in which its messages are to be read from now on
 * @param holdTime that was agreed on; ours before
 * @param until when the neighbour must have said something
 * @param keepAliveAt when we must say something
 */
public record SessionState(
    Phase phase,
    Optional<Open> theirs,
    MessageContext context,
    Duration holdTime,
    Instant until,
    Instant keepAliveAt) {
  /** Before anything is agreed on. */
  static final MessageContext NOTHING_AGREED = new MessageContext(false, false, false, false);

  /** By the names of RFC 4271. */
  public enum Phase {
    OPEN_SENT,
    OPEN_CONFIRM,
    ESTABLISHED,
    /** The connection is to be closed. */
    ENDED
  }

  SessionState in(Phase other) {
    return new SessionState(other, theirs, context, holdTime, until, keepAliveAt);
  }

  SessionState heardAt(Instant now) {
    return new SessionState(phase, theirs, context, holdTime, now.plus(holdTime), keepAliveAt);
  }

  SessionState saidAt(Instant now) {
    Instant next = now.plus(holdTime.dividedBy(KEEP_ALIVES));
    return new SessionState(phase, theirs, context, holdTime, until, next);
  }

  SessionState excused(Duration time) {
    return new SessionState(phase, theirs, context, holdTime, until.plus(time), keepAliveAt);
  }

  /** So many in one hold time (RFC 4271 section 4.4). */
  private static final int KEEP_ALIVES = 3;
}
