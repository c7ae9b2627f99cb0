package parallax.bench.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import parallax.config.observation.Observation;
import parallax.config.observation.Vantage;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.state.State;

/**
 * The decision core under a {@link Feed}, fed as the coordinator feeds it: with signs of life, a
 * tick whenever one is due, at most one a second, and answers to what it asks.
 */
final class Load {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** Before a world begins all is well for so many rounds. */
  private static final int QUIET_ROUNDS = 4;

  /** By then what the core makes of a steady world has settled. */
  private static final int SETTLING_ROUNDS = 3;

  /** A collapse takes one minute; half a minute later all of it is known and told. */
  private static final long COLLAPSE = Feed.ROUND * 3L / 2;

  private final Feed feed = new Feed();
  private World world = World.QUIET;
  private State state = State.initial();
  private Moment begins = new Moment(state, 0, Feed.START, Feed.START);
  private Instant tick = Feed.START;
  private Instant beat = Feed.START;

  /** What has to be put back for the same minutes to come again. */
  private record Moment(State state, long scheduled, Instant tick, Instant beat) {}

  /** Lets the core come to know its targets, and then what it holds in such a world. */
  void settle(World other) {
    took(Core.step(state, new Input.Configured(feed.watchlist()), feed.now()));
    pass((long) QUIET_ROUNDS * Feed.ROUND);
    world = other;
    if (!world.isCollapse()) {
      feed.enter(world);
      pass((long) SETTLING_ROUNDS * Feed.ROUND);
      return;
    }
    begins = new Moment(state, feed.scheduled(), tick, beat);
    feed.enter(world);
  }

  /** Lets all of a collapse happen. */
  void collapse() {
    pass(COLLAPSE);
  }

  private void pass(long looks) {
    long end = feed.scheduled() + looks;
    while (feed.scheduled() < end) {
      take(feed.next());
    }
  }

  /** Goes on to the next look; a collapse that is over begins anew. */
  Observation next() {
    if (world.isCollapse() && feed.scheduled() >= begins.scheduled() + COLLAPSE) {
      state = begins.state();
      tick = begins.tick();
      beat = begins.beat();
      feed.rewind(begins.scheduled());
    }
    return feed.next();
  }

  /** What is measured: the core takes in one look, with the ticks and beats that came before. */
  State take(Observation observation) {
    Instant now = feed.now();
    while (!tick.isAfter(now)) {
      beats();
      if (state.due().filter(due -> !due.isAfter(tick)).isPresent()) {
        took(Core.step(state, new Input.Tick(), tick));
      }
      tick = tick.plus(TICK);
    }
    took(Core.step(state, new Input.Observed(new Evidence(observation, now)), now));
    return state;
  }

  private void beats() {
    if (beat.isAfter(tick)) {
      return;
    }
    for (Vantage vantage : feed.vantages()) {
      Instant sent = beat.minus(Feed.travel());
      Beat sign = new Beat(vantage, Optional.empty(), Optional.empty(), sent, beat);
      took(Core.step(state, new Input.Heard(sign), tick));
    }
    beat = beat.plus(Fleet.BEAT);
  }

  private void took(Step step) {
    state = step.state();
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.AskAgain again) {
        feed.ask(again.target(), again.probe());
      }
    }
  }

  /** Holds nothing any more but what the core knows now. */
  void forgetWhatWas() {
    begins = new Moment(state, feed.scheduled(), tick, beat);
  }

  /** What the core knows. */
  State state() {
    return state;
  }
}
