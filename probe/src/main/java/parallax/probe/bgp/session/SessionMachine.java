package parallax.probe.bgp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.KeepAlive;
import parallax.probe.bgp.message.BgpMessage.Notification;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.BgpMessage.RouteRefresh;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Fault;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.UpdateEvents;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.route.RouteEvent.Transition;
import parallax.probe.bgp.session.SessionState.Phase;

/**
 * The rules of one session, after the neighbour has connected (RFC 4271 section 8). We accept every
 * route and announce none; a request to tell ours again is answered with silence, which is all that
 * there is to tell (RFC 2918). What a neighbour asks for while it restarts (RFC 4724) is not
 * granted: its session is down, and its routes unknown, until it tells them again. A hold time of 0
 * is refused, for nobody would notice that the neighbour is gone.
 */
public final class SessionMachine {
  private static final int OPEN_ERROR = 2;
  private static final int BAD_PEER_AS = 2;
  private static final int BAD_IDENTIFIER = 3;
  private static final int UNACCEPTABLE_HOLD_TIME = 6;
  private static final int HOLD_TIMER_EXPIRED = 4;
  private static final int STATE_MACHINE_ERROR = 5;
  private static final int CEASE = 6;
  private static final int SHUTDOWN = 2;

  private static final int OPEN_CONFIRM = 5;
  private static final int IDLE = 1;
  private static final Transition UP = new Transition(OPEN_CONFIRM, Transition.ESTABLISHED);
  private static final Transition DOWN = new Transition(Transition.ESTABLISHED, IDLE);

  private final SessionSettings settings;
  private final Peer peer;

  /** What a session is now, and what is to be done. */
  public record Step(SessionState state, List<SessionEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /**
   * @param peer as whom the neighbour is told; its number is the one that it must have
   */
  public SessionMachine(SessionSettings settings, Peer peer) {
    this.settings = settings;
    this.peer = peer;
  }

  /** The neighbour has connected. */
  public Step begin(Instant now) {
    SessionState state =
        new SessionState(
            Phase.OPEN_SENT,
            Optional.empty(),
            SessionState.NOTHING_AGREED,
            settings.holdTime(),
            now.plus(settings.openTime()),
            Instant.MAX);
    return new Step(state, List.of(new SessionEffect.Send(settings.open())));
  }

  public Step step(SessionState state, SessionInput input, Instant now) {
    if (state.phase() == Phase.ENDED) {
      return new Step(state, List.of());
    }
    return switch (input) {
      case SessionInput.Came(Decoded.Broken(Fault.SessionReset fault)) ->
          refuse(state, fault.code(), fault.subcode(), fault.reason(), now);
      case SessionInput.Came(Decoded.Understood(BgpMessage message, List<Fault> faults)) ->
          came(state, message, faults, now);
      case SessionInput.Tick _ -> tick(state, now);
      case SessionInput.HeldUp(Duration time) -> new Step(state.excused(time), List.of());
      case SessionInput.Lost(String reason) -> end(state, Optional.empty(), reason, now);
      case SessionInput.Stop _ -> refuse(state, CEASE, SHUTDOWN, "we are closing", now);
    };
  }

  private Step came(SessionState state, BgpMessage message, List<Fault> faults, Instant now) {
    if (message instanceof Notification notification) {
      return end(state, Optional.empty(), text(notification), now);
    }
    return switch (state.phase()) {
      case OPEN_SENT ->
          message instanceof Open open ? opened(state, open, now) : unexpected(state, 1, now);
      case OPEN_CONFIRM ->
          message instanceof KeepAlive ? established(state, now) : unexpected(state, 2, now);
      case ESTABLISHED -> told(state, message, faults, now);
      case ENDED -> new Step(state, List.of());
    };
  }

  private static String text(Notification notification) {
    String words = notification.communication().map(text -> ": " + text).orElse("");
    return "the neighbour sent NOTIFICATION "
        + notification.code()
        + "/"
        + notification.subcode()
        + words;
  }

  private Step opened(SessionState state, Open open, Instant now) {
    if (open.asn() != peer.asn()) {
      return refuse(state, OPEN_ERROR, BAD_PEER_AS, "the neighbour is AS" + open.asn(), now);
    }
    boolean ourselves = open.identifier() == settings.identifier() && open.asn() == settings.asn();
    if (open.identifier() == 0 || ourselves) {
      // RFC 6286 section 2.2.
      return refuse(state, OPEN_ERROR, BAD_IDENTIFIER, "not an identifier of a neighbour", now);
    }
    if (open.holdSeconds() == 0) {
      return refuse(state, OPEN_ERROR, UNACCEPTABLE_HOLD_TIME, "a hold time of 0", now);
    }
    Duration wanted = Duration.ofSeconds(open.holdSeconds());
    SessionState agreed =
        new SessionState(
            Phase.OPEN_CONFIRM,
            Optional.of(open),
            MessageContext.negotiated(open, settings.open()),
            wanted.compareTo(settings.holdTime()) < 0 ? wanted : settings.holdTime(),
            state.until(),
            state.keepAliveAt());
    return new Step(agreed.saidAt(now), List.of(new SessionEffect.Send(new KeepAlive())));
  }

  private Step established(SessionState state, Instant now) {
    return new Step(
        state.in(Phase.ESTABLISHED).heardAt(now),
        List.of(new SessionEffect.Tell(new RouteEvent.PeerUp(now, peer, UP))));
  }

  private Step told(SessionState state, BgpMessage message, List<Fault> faults, Instant now) {
    return switch (message) {
      case KeepAlive _ -> new Step(state.heardAt(now), List.of(new SessionEffect.Alive()));
      case Update update -> {
        List<SessionEffect> effects = new ArrayList<>();
        faults.forEach(fault -> effects.add(new SessionEffect.Faulty(fault.reason())));
        UpdateEvents.tell(update, now, peer, event -> effects.add(new SessionEffect.Tell(event)));
        yield new Step(state.heardAt(now), effects);
      }
      case RouteRefresh _ -> new Step(state, List.of());
      case Open _, Notification _ -> unexpected(state, 3, now);
    };
  }

  private Step tick(SessionState state, Instant now) {
    if (!now.isBefore(state.until())) {
      boolean up = state.phase() == Phase.ESTABLISHED;
      String reason = up ? "nothing was heard for the hold time" : "the session did not come up";
      return refuse(state, HOLD_TIMER_EXPIRED, 0, reason, now);
    }
    return now.isBefore(state.keepAliveAt())
        ? new Step(state, List.of())
        : new Step(state.saidAt(now), List.of(new SessionEffect.Send(new KeepAlive())));
  }

  /** RFC 6608 section 3. */
  private Step unexpected(SessionState state, int subcode, Instant now) {
    String reason = "a message that is not due in " + state.phase();
    return refuse(state, STATE_MACHINE_ERROR, subcode, reason, now);
  }

  private Step refuse(SessionState state, int code, int subcode, String reason, Instant now) {
    Notification notification = new Notification(code, subcode, Optional.empty());
    return end(state, Optional.of(notification), reason, now);
  }

  private Step end(SessionState state, Optional<Notification> last, String reason, Instant now) {
    List<SessionEffect> effects = new ArrayList<>();
    last.ifPresent(notification -> effects.add(new SessionEffect.Send(notification)));
    if (state.phase() == Phase.ESTABLISHED) {
      effects.add(new SessionEffect.Tell(new RouteEvent.PeerDown(now, peer, DOWN)));
    }
    effects.add(new SessionEffect.Close(reason));
    return new Step(state.in(Phase.ENDED), effects);
  }
}
