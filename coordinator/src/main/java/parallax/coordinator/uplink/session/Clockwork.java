package parallax.coordinator.uplink.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Vantage;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.uplink.session.Session.Phase;
import parallax.coordinator.uplink.session.SessionEffect.ClockState;

/** Pings, what the answers say about a probe's clock, and signs of life. */
final class Clockwork {
  /** Pings that are waited for. */
  static final int MAX_PINGS = 4;

  /** Signs of life that come a little early are not worth another ping's wait. */
  private static final Duration BEAT = Fleet.BEAT.minus(Fleet.BEAT.dividedBy(10));

  /** A clock that was measured no better than to this is asked for more often. */
  private static final Duration POOR = Duration.ofMillis(400);

  /** How often that is. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** What is known of a clock is told at once when it turns out to be so much different. */
  private static final Duration MOVED = Duration.ofMillis(50);

  private final State state;
  private final Now now;
  private final List<SessionEffect> effects;

  Clockwork(State state, Now now, List<SessionEffect> effects) {
    this.state = state;
    this.now = now;
    this.effects = effects;
  }

  void ping() {
    long id = state.nextPing++;
    state.pings.put(id, now);
    state.pinged = Optional.of(now.nanos());
    if (state.pings.size() > MAX_PINGS) {
      state.pings.remove(state.pings.firstKey());
    }
    effects.add(new SessionEffect.Send(new CoordinatorFrame.Ping(id, now.wall())));
  }

  void pingIfDue() {
    if (state.pinged.filter(at -> !isOver(pause(), at)).isEmpty()) {
      ping();
    }
  }

  /** Whoever comes back in a crowd answers late at first, and is taken to live in another time. */
  private Duration pause() {
    boolean poor =
        state.clock.best().filter(best -> best.roundTrip().compareTo(POOR) > 0).isPresent();
    return poor && SOON.compareTo(state.rules.ping()) < 0 ? SOON : state.rules.ping();
  }

  private boolean isOver(Duration time, long since) {
    return now.since(since).compareTo(time) >= 0;
  }

  /** Whoever asks is answered with the next answer to a ping that is sent from here on. */
  void challenge() {
    if (state.phase == Phase.OPEN) {
      state.challenge = Optional.of(state.nextPing);
      ping();
    }
  }

  void pong(ProbeFrame.Pong pong) {
    state.spooled = pong.spooled();
    Now sent = state.pings.remove(pong.id());
    if (sent == null) {
      return;
    }
    state.pings.headMap(pong.id()).clear();
    measure(
        ProbeClock.Sample.of(sent.wall(), now.since(sent.nanos()), pong.received(), pong.sent()));
    if (state.challenge.filter(from -> pong.id() >= from).isPresent()) {
      state.challenge = Optional.empty();
      effects.add(new SessionEffect.ProvedAlive());
    }
    beat();
  }

  private void measure(ProbeClock.Sample sample) {
    state.clock = state.clock.with(sample);
    ClockState found =
        state.clock.isOffBy(Rules.CLOCK_FAR_OFF)
            ? ClockState.FAR_OFF
            : state.clock.isOffBy(Rules.CLOCK_OFF) ? ClockState.OFF : ClockState.FINE;
    if (found != state.clockState) {
      state.clockState = found;
      effects.add(new SessionEffect.ClockTurned(found, state.clock.best().orElse(sample)));
    }
  }

  /** With what the probe's clock shows now, as far as it is known: no time on the way is in it. */
  private void beat() {
    Duration ahead = state.clock.best().map(ProbeClock.Sample::certain).orElse(Duration.ZERO);
    boolean moved = ahead.minus(state.toldAhead).abs().compareTo(MOVED) > 0;
    if (!moved && state.beat.filter(at -> !isOver(BEAT, at)).isPresent()) {
      return;
    }
    state.beat = Optional.of(now.nanos());
    state.toldAhead = ahead;
    Vantage vantage = state.hello.orElseThrow().vantage();
    Instant shown = now.wall().plus(ahead);
    effects.add(new SessionEffect.Alive(Beat.measured(vantage, shown, now.wall())));
  }
}
