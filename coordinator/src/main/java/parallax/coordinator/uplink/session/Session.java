package parallax.coordinator.uplink.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.observation.ProbeName;
import parallax.config.wire.ProbeFrame;

/**
 * What one stream of a probe has come to. Immutable: what happens gives the session after it, and
 * what is to be done.
 */
public final class Session {
  private final State state;

  Session(State state) {
    this.state = state;
  }

  /** A stream that was opened just now by somebody who may speak for {@code probe}. */
  public static Session opened(ProbeName probe, Rules rules, Now now) {
    return new Session(new State(probe, rules, now));
  }

  /**
   * The session after something happened.
   *
   * @param effects in the order in which they are to be done
   */
  public record Step(Session session, List<SessionEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /** What comes of {@code input}. */
  public Step on(SessionInput input, Now now) {
    Turn turn = new Turn(state.copy(), now);
    turn.take(input);
    return new Step(new Session(turn.state()), turn.effects());
  }

  /** How far a stream has come. */
  public enum Phase {
    /** The first frame did not come yet. */
    SILENT,
    /** It is being found out whether somebody else speaks for the probe. */
    INTRODUCED,
    OPEN,
    /** Nothing is done any more. */
    ENDED
  }

  public Phase phase() {
    return state.phase;
  }

  /** The first frame. */
  public Optional<ProbeFrame.Hello> hello() {
    return state.hello;
  }

  /** What the probe said about its assignment last. */
  public Optional<ProbeFrame.AssignmentAccepted> accepted() {
    return state.accepted;
  }

  public ProbeClock clock() {
    return state.clock;
  }

  /** What waits at the probe, as far as it tells. */
  public Optional<ProbeFrame.Spooled> spooled() {
    return state.spooled;
  }

  /** What the probe never handed over in this run. */
  public SortedMap<ProbeFrame.Dropped, Long> drops() {
    return state.drops;
  }

  /** When the last frame came. */
  public Instant heard() {
    return state.heard.wall();
  }

  /** Whether there is more to come than a schedule makes, as far as the probe has told. */
  public boolean isCatchingUp() {
    double schedule = state.share.map(Assignments.Share::perSecond).orElse(0.0);
    return state.phase != Phase.ENDED
        && state
            .spooled
            .filter(waiting -> !Rules.isBacklog(waiting.observations(), schedule))
            .isEmpty();
  }

  /** Whether it is not read for now. */
  public boolean isHeldBack() {
    return state.heldBack;
  }
}
