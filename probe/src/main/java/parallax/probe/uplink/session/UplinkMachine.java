package parallax.probe.uplink.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.wire.AssignmentParts;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.Versions;
import parallax.probe.uplink.session.UplinkState.Connecting;
import parallax.probe.uplink.session.UplinkState.Greeting;
import parallax.probe.uplink.session.UplinkState.Open;
import parallax.probe.uplink.session.UplinkState.Over;
import parallax.probe.uplink.session.UplinkState.Parts;
import parallax.probe.uplink.session.UplinkState.Traffic;
import parallax.probe.uplink.session.UplinkState.Waiting;

/**
 * The rules of an uplink: one stream at a time, to one coordinator of the list after the other, for
 * ever. After a failure the next attempt comes after a pause drawn evenly up to a bound that
 * doubles ("full jitter"), so that many probes that lose a coordinator together do not come back
 * together.
 */
public final class UplinkMachine {
  /** The largest assignment, in bytes of its parts. */
  public static final int MAX_ASSIGNMENT_BYTES = 32 * 1024 * 1024;

  private static final Refused.Why NO_REASON = Refused.Why.UNSPECIFIED;

  private final UplinkRules rules;
  private final int addresses;

  /**
   * When something happens.
   *
   * @param nanos since some moment before the start, by a clock that never goes back; not negative
   * @param lot drawn evenly from 0 (included) to 1 (not included)
   */
  public record Now(long nanos, double lot) {}

  /** Where an uplink stands now, and what is to be done. */
  public record Step(UplinkState state, List<UplinkEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /**
   * @param addresses how many coordinators there are, at least one
   */
  public UplinkMachine(UplinkRules rules, int addresses) {
    if (addresses < 1) {
      throw new IllegalArgumentException("no coordinator");
    }
    this.rules = rules;
    this.addresses = addresses;
  }

  /**
   * Before anything has happened; the first attempt is made at once, to a coordinator at random.
   *
   * @param assignment that is kept from before
   */
  public UplinkState begin(Optional<Long> assignment, Now now) {
    int first = (int) (now.lot() * addresses);
    return new UplinkState(new Waiting(now.nanos(), false), first, 0, assignment, false);
  }

  public Step step(UplinkState state, UplinkInput input, Now now) {
    if (state.phase() instanceof Over) {
      return same(state);
    }
    return switch (input) {
      case UplinkInput.Tick _ -> tick(state, now);
      case UplinkInput.Connected _ -> connected(state, now);
      case UplinkInput.Lost(Refused.Why why, String words) ->
          state.phase() instanceof Waiting ? same(state) : fail(state, why, words, now);
      case UplinkInput.Came came -> came(state, came, now);
      case UplinkInput.Newer _ -> heard(state, now);
      case UplinkInput.Unreadable(String words) ->
          state.phase() instanceof Waiting
              ? same(state)
              : fail(state, NO_REASON, "it does not keep to the contract: " + words, now);
      case UplinkInput.Sent sent -> sent(state, sent, now);
      case UplinkInput.NewCredentials _ -> newCredentials(state, now);
      case UplinkInput.Stop _ -> stop(state);
      case UplinkInput.Drained _ -> drained(state);
      case UplinkInput.Halt _ -> halt(state.stopped());
    };
  }

  private static Step same(UplinkState state) {
    return new Step(state, List.of());
  }

  private Step tick(UplinkState state, Now now) {
    return switch (state.phase()) {
      case Waiting waiting ->
          now.nanos() < waiting.until()
              ? same(state)
              : new Step(
                  state.in(new Connecting(now.nanos())),
                  List.of(new UplinkEffect.Connect(state.address())));
      case Connecting(long since) -> within(state, since, rules.connect(), "no connection", now);
      case Greeting(long since) -> within(state, since, rules.welcome(), "no welcome", now);
      case Open open -> watch(state, open, now);
      case Over _ -> same(state);
    };
  }

  private Step within(UplinkState state, long since, Duration most, String what, Now now) {
    return past(since, most, now)
        ? fail(state, NO_REASON, what + " within " + most.toMillis() + " ms", now)
        : same(state);
  }

  private static boolean past(long since, Duration most, Now now) {
    return now.nanos() - since >= most.toNanos();
  }

  private Step watch(UplinkState state, Open open, Now now) {
    if (past(open.heard(), rules.silence(), now)) {
      return fail(state, NO_REASON, "nothing came for " + rules.silence().toMillis() + " ms", now);
    }
    long oldest = open.traffic().window().oldest().orElse(now.nanos());
    if (past(oldest, rules.acknowledge(), now)) {
      return fail(state, NO_REASON, "no ack within " + rules.acknowledge().toMillis() + " ms", now);
    }
    return past(open.toldDrops(), rules.drops(), now)
        ? new Step(state.in(open.toldDropsAt(now.nanos())), List.of(new UplinkEffect.TellDrops()))
        : same(state);
  }

  private static Step connected(UplinkState state, Now now) {
    return state.phase() instanceof Connecting
        ? new Step(
            state.in(new Greeting(now.nanos())),
            List.of(new UplinkEffect.Greet(state.assignment())))
        : same(state);
  }

  private Step came(UplinkState state, UplinkInput.Came came, Now now) {
    return switch (state.phase()) {
      case Greeting _ -> greeted(state, came.frame(), now);
      case Open open -> told(state.in(open.heardAt(now.nanos())), came, now);
      case Waiting _, Connecting _, Over _ -> same(state);
    };
  }

  private Step greeted(UplinkState state, CoordinatorFrame frame, Now now) {
    return switch (frame) {
      case CoordinatorFrame.Welcome(int version, CoordinatorFrame.Limits limits) -> {
        if (new Versions(version, version).agree(Versions.OWN).isEmpty()) {
          yield fail(state, Refused.Why.VERSION, "it speaks version " + version, now);
        }
        long at = now.nanos();
        Open open = new Open(limits, at, at, at, Traffic.NONE, Parts.NONE);
        yield new Step(
            state.in(open), List.of(new UplinkEffect.Begin(), new UplinkEffect.TellDrops()));
      }
      case Refused(Refused.Why why, String text) -> fail(state, why, text, now);
      case CoordinatorFrame.Assignment _,
          CoordinatorFrame.Ack _,
          CoordinatorFrame.LookAgain _,
          CoordinatorFrame.Ping _,
          CoordinatorFrame.Limits _ ->
          fail(state, NO_REASON, "it spoke before it welcomed", now);
    };
  }

  private Step told(UplinkState state, UplinkInput.Came came, Now now) {
    return switch (came.frame()) {
      case CoordinatorFrame.Welcome _ -> fail(state, NO_REASON, "it welcomed twice", now);
      case CoordinatorFrame.Assignment part -> assigned(state, part, came.bytes(), now);
      case CoordinatorFrame.Ack ack -> acknowledged(state, ack);
      case CoordinatorFrame.LookAgain(var target, var check, Duration after) ->
          new Step(state, List.of(new UplinkEffect.LookAgain(target, check, after)));
      case CoordinatorFrame.Ping ping ->
          new Step(state, List.of(new UplinkEffect.Pong(ping.id(), came.at())));
      case CoordinatorFrame.Limits limits ->
          state.phase() instanceof Open open ? same(state.in(open.with(limits))) : same(state);
      case Refused(Refused.Why why, String text) -> fail(state, why, text, now);
    };
  }

  private static Step heard(UplinkState state, Now now) {
    return state.phase() instanceof Open open
        ? same(state.in(open.heardAt(now.nanos())))
        : same(state);
  }

  private Step assigned(UplinkState state, CoordinatorFrame.Assignment part, int bytes, Now now) {
    if (!(state.phase() instanceof Open open)) {
      return same(state);
    }
    Parts before = open.parts().revision() == part.revision() ? open.parts() : Parts.NONE;
    if (bytes > MAX_ASSIGNMENT_BYTES - before.bytes()) {
      String words = "an assignment of more than " + MAX_ASSIGNMENT_BYTES + " bytes";
      return fail(state, NO_REASON, words, now);
    }
    AssignmentParts parts = before.parts().plus(part);
    Optional<AssignmentParts.Whole> whole = parts.whole();
    if (whole.isEmpty()) {
      Parts more = new Parts(parts, part.revision(), before.bytes() + bytes);
      return same(state.in(open.with(more)));
    }
    return new Step(
        state.in(open.with(Parts.NONE)).assigned(part.revision()),
        List.of(
            new UplinkEffect.Adopt(whole.get()),
            new UplinkEffect.Say(
                new ProbeFrame.AssignmentAccepted(part.revision(), whole.get().notSupported()))));
  }

  private static Step acknowledged(UplinkState state, CoordinatorFrame.Ack ack) {
    if (!(state.phase() instanceof Open open)) {
      return same(state);
    }
    Traffic left = open.traffic().acknowledged(ack.boot(), ack.first(), ack.sequence());
    // What was not sent in this stream cannot have been received in it.
    return left.window().equals(open.traffic().window())
        ? same(state)
        : new Step(
            state.in(open.with(left)),
            List.of(new UplinkEffect.Forget(ack.boot(), ack.first(), ack.sequence())));
  }

  private static Step sent(UplinkState state, UplinkInput.Sent sent, Now now) {
    if (!(state.phase() instanceof Open open)) {
      return same(state);
    }
    Window.Flight flight =
        new Window.Flight(sent.boot(), sent.first(), sent.last(), sent.count(), now.nanos());
    Traffic more =
        new Traffic(
            open.traffic().window().plus(flight),
            open.traffic().rate().plus(sent.count(), now.nanos()));
    return same(state.in(open.with(more)));
  }

  /** Who was refused for its credentials need not wait with others; all hands get them at once. */
  private Step newCredentials(UplinkState state, Now now) {
    if (state.phase() instanceof Waiting(long until, boolean refused) && refused) {
      long soon = now.nanos() + (long) (now.lot() * rules.usual().first().toNanos());
      return same(state.in(new Waiting(Math.min(until, soon), true)));
    }
    return same(state);
  }

  private static Step stop(UplinkState state) {
    UplinkState stopped = state.stopped();
    return state.phase() instanceof Open ? same(stopped) : halt(stopped);
  }

  private static Step drained(UplinkState state) {
    boolean done =
        state.stopping()
            && state.phase() instanceof Open open
            && open.traffic().window().flights().isEmpty();
    return done ? halt(state) : same(state);
  }

  private static Step halt(UplinkState state) {
    List<UplinkEffect> effects = new ArrayList<>();
    if (state.phase() instanceof Open) {
      effects.add(new UplinkEffect.TellDrops());
      effects.add(new UplinkEffect.Say(new ProbeFrame.Bye("the probe stops")));
    }
    if (!(state.phase() instanceof Waiting)) {
      effects.add(new UplinkEffect.Close("the probe stops"));
    }
    return new Step(state.in(new Over()), effects);
  }

  /** There is no stream any more: the next one is to the next coordinator. */
  private Step fail(UplinkState state, Refused.Why why, String words, Now now) {
    boolean steady = state.phase() instanceof Open open && past(open.since(), rules.steady(), now);
    int failures = steady ? 1 : Math.min(state.failures() + 1, Integer.MAX_VALUE - 1);
    boolean lasting = lasting(why);
    long bound = pause(why).bound(rounds(why, failures));
    // What will hardly change by itself is never tried again at once.
    long least = lasting ? bound / 2 : 0;
    long pause = least + (long) (now.lot() * (bound - least));
    List<UplinkEffect> effects = new ArrayList<>();
    effects.add(new UplinkEffect.Close(words));
    effects.add(new UplinkEffect.Ended(why, words, Duration.ofNanos(pause)));
    UplinkState next =
        new UplinkState(
            state.stopping() ? new Over() : new Waiting(now.nanos() + pause, lasting),
            (state.address() + 1) % addresses,
            failures,
            state.assignment(),
            state.stopping());
    return new Step(next, effects);
  }

  private UplinkRules.Pause pause(Refused.Why why) {
    return switch (why) {
      case VERSION, IDENTITY, REVOKED, DUPLICATE -> rules.refused();
      case BUSY, CLOSING -> rules.busy();
      case UNSPECIFIED, MALFORMED, TOO_LARGE, RATE -> rules.usual();
    };
  }

  /** Whoever sends us on to the others makes us wait longer only once all have done so. */
  private int rounds(Refused.Why why, int failures) {
    return switch (why) {
      case BUSY, CLOSING -> (failures - 1) / addresses + 1;
      case UNSPECIFIED, VERSION, IDENTITY, REVOKED, DUPLICATE, MALFORMED, TOO_LARGE, RATE ->
          failures;
    };
  }

  private static boolean lasting(Refused.Why why) {
    return switch (why) {
      case VERSION, IDENTITY, REVOKED, DUPLICATE -> true;
      case UNSPECIFIED, MALFORMED, TOO_LARGE, RATE, BUSY, CLOSING -> false;
    };
  }
}
