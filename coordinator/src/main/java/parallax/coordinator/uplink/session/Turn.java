package parallax.coordinator.uplink.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.Versions;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.intake.Receipt;
import parallax.coordinator.uplink.session.Session.Phase;
import parallax.coordinator.uplink.session.SessionEffect.Count;
import parallax.coordinator.uplink.session.SessionEffect.Send;
import parallax.coordinator.uplink.session.SessionEffect.What;

/** One input, on its way through a copy of the state. */
final class Turn {
  private final State state;
  private final Now now;
  private final List<SessionEffect> effects = new ArrayList<>();
  private final Clockwork clockwork;

  Turn(State state, Now now) {
    this.state = state;
    this.now = now;
    this.clockwork = new Clockwork(state, now, effects);
  }

  State state() {
    return state;
  }

  List<SessionEffect> effects() {
    return effects;
  }

  void take(SessionInput input) {
    if (state.phase == Phase.ENDED) {
      return;
    }
    switch (input) {
      case SessionInput.Came(ProbeFrame frame, int bytes) -> came(frame, bytes);
      case SessionInput.CameNewer _ -> {
        state.heard = now;
        count(What.NEWER_FRAMES, 1);
      }
      case SessionInput.Refuse(Refused refused) -> refuse(refused);
      case SessionInput.Admitted(Assignments.Share share, int sharers) -> {
        state.sharers = sharers;
        admitted(share);
      }
      case SessionInput.Answered(long ticket, Receipt receipt) -> answered(ticket, receipt);
      case SessionInput.Assigned(Assignments.Share share) -> assigned(share);
      case SessionInput.Look(CoordinatorFrame.LookAgain again) -> {
        if (state.phase == Phase.OPEN) {
          effects.add(new Send(again));
        }
      }
      case SessionInput.Challenged _ -> clockwork.challenge();
      case SessionInput.Tick(boolean outdated, int sharers, boolean read) -> {
        state.outdated = outdated;
        state.sharers = sharers;
        if (!read) {
          // Silence counts from when it could be heard again.
          state.heard = new Now(state.heard.wall(), now.nanos());
        }
        tick();
      }
    }
  }

  private void came(ProbeFrame frame, int bytes) {
    state.heard = now;
    boolean first = state.phase == Phase.SILENT;
    if (first != frame instanceof ProbeFrame.Hello) {
      refuse(Refused.Why.MALFORMED, "the first frame is Hello, and no other");
      return;
    }
    if (state.phase == Phase.INTRODUCED && !(frame instanceof ProbeFrame.Bye)) {
      refuse(Refused.Why.MALFORMED, "nothing follows Hello before it is answered");
      return;
    }
    switch (frame) {
      case ProbeFrame.Hello hello -> hello(hello);
      case ProbeFrame.Observations observations -> observations(observations, bytes);
      case ProbeFrame.AssignmentAccepted accepted -> state.accepted = Optional.of(accepted);
      case ProbeFrame.Pong pong -> clockwork.pong(pong);
      case ProbeFrame.Drops drops -> drops(drops);
      case ProbeFrame.Bye(String why) -> end("the probe said goodbye: " + why);
    }
  }

  private void hello(ProbeFrame.Hello hello) {
    if (!hello.vantage().probe().equals(state.probe)) {
      refuse(
          Refused.Why.IDENTITY,
          "these credentials are of probe " + state.probe + ", not of " + hello.vantage().probe());
      return;
    }
    Optional<Integer> version = Versions.OWN.agree(hello.versions());
    if (version.isEmpty()) {
      refuse(
          Refused.Why.VERSION,
          "this coordinator speaks versions %s to %s, the probe %s to %s"
              .formatted(
                  Versions.OWN.oldest(),
                  Versions.OWN.newest(),
                  hello.versions().oldest(),
                  hello.versions().newest()));
      return;
    }
    state.version = version.get();
    state.hello = Optional.of(hello);
    state.phase = Phase.INTRODUCED;
    effects.add(new SessionEffect.Introduce(hello));
  }

  private void admitted(Assignments.Share share) {
    if (state.phase != Phase.INTRODUCED) {
      return;
    }
    state.phase = Phase.OPEN;
    state.share = Optional.of(share);
    state.allowance = Allowance.full(state.rules.perSecond(share.perSecond()), now.nanos());
    CoordinatorFrame.Limits limits = state.rules.limits(share.perSecond(), state.sharers);
    state.told = Optional.of(limits);
    effects.add(new Send(new CoordinatorFrame.Welcome(state.version, limits)));
    clockwork.ping();
    state.doubtUntil = now.nanos() + state.rules.doubt().toNanos();
    Optional<Long> has = state.hello.flatMap(ProbeFrame.Hello::assignment);
    if (has.isPresent() && has.get() == share.revision()) {
      state.accepted = Optional.of(new ProbeFrame.AssignmentAccepted(has.get(), List.of()));
    } else {
      effects.add(new SessionEffect.SendAssignment(share));
    }
  }

  private void assigned(Assignments.Share share) {
    if (state.phase == Phase.OPEN) {
      state.share = Optional.of(share);
      int perSecond = state.rules.perSecond(share.perSecond());
      state.allowance = state.allowance.at(now.nanos()).of(perSecond);
      effects.add(new SessionEffect.SendAssignment(share));
      tellLimits();
      judgeHeld();
      holdBackOrGoOn();
    }
  }

  /** What may be sent, where it is not what was told before. */
  private void tellLimits() {
    double schedule = state.share.orElseThrow().perSecond();
    CoordinatorFrame.Limits limits = state.rules.limits(schedule, state.sharers);
    if (!state.told.equals(Optional.of(limits))) {
      state.told = Optional.of(limits);
      effects.add(new Send(limits));
    }
  }

  private void observations(ProbeFrame.Observations frame, int bytes) {
    int size = frame.observations().size() + frame.passedOver().size();
    if (!frame.vantage().probe().equals(state.probe)) {
      refuse(Refused.Why.IDENTITY, "observations of another probe, " + frame.vantage().probe());
      return;
    }
    if (bytes > state.rules.frame().bytes() || size > state.rules.frame().observations()) {
      refuse(
          Refused.Why.TOO_LARGE,
          "a frame of %s observations and %s bytes; at most %s and %s"
              .formatted(
                  size, bytes, state.rules.frame().observations(), state.rules.frame().bytes()));
      return;
    }
    boolean full = state.framesUnderWay() >= Rules.MAX_UNDER_WAY;
    if (full || state.observationsUnderWay() > state.rules.unacknowledged()) {
      refuse(Refused.Why.RATE, "more observations on their way than agreed");
      return;
    }
    count(What.UNREADABLE, frame.passedOver().size());
    List<Evidence> evidence =
        frame.observations().stream()
            .map(observation -> new Evidence(observation, now.wall()))
            .toList();
    judge(new State.Held(frame.boot(), Numbers.of(frame), evidence));
    state.allowance = state.allowance.at(now.nanos()).spent(size);
    holdBackOrGoOn();
  }

  /**
   * Takes in what the probe may speak of, and throws the rest away. Where another member may have
   * assigned the rest, the whole frame is held for as long as this one may be late to hear of it:
   * an ack of a part of it would be none to the probe. A member that knows that it is late leaves
   * it to the one that leads.
   */
  private void judge(State.Held frame) {
    Assignments.Share share = state.share.orElseThrow();
    List<Evidence> known =
        frame.evidence().stream()
            .filter(each -> state.outdated || share.covers(each.observation().target()))
            .toList();
    int unknown = frame.evidence().size() - known.size();
    if (unknown > 0 && now.nanos() - state.doubtUntil < 0) {
      state.held.add(frame);
      return;
    }
    count(What.NOT_ASSIGNED, unknown);
    if (known.isEmpty()) {
      acknowledge(frame.boot(), frame.numbers());
    } else {
      long ticket = state.nextTicket++;
      state.underWay.put(ticket, new State.UnderWay(frame.boot(), frame.numbers(), known.size()));
      effects.add(new SessionEffect.Take(ticket, known, known.stream().allMatch(this::isLate)));
    }
  }

  /** By the probe's clock, as far as that is known. */
  private boolean isLate(Evidence evidence) {
    Duration ahead = state.clock.best().map(ProbeClock.Sample::certain).orElse(Duration.ZERO);
    Instant ended = evidence.observation().ended().minus(ahead);
    return Duration.between(ended, evidence.received()).compareTo(Rules.LATE) > 0;
  }

  private void judgeHeld() {
    List<State.Held> again = state.held;
    state.held = new ArrayList<>();
    again.forEach(this::judge);
  }

  /** An overdrawn allowance and a full way into the record are waited out by not reading. */
  private void holdBackOrGoOn() {
    state.allowance = state.allowance.at(now.nanos());
    boolean hold =
        state.allowance.isOverdrawn()
            || state.framesUnderWay() >= Rules.MAX_UNDER_WAY
            || state.observationsUnderWay() >= state.rules.unacknowledged();
    if (hold != state.heldBack) {
      state.heldBack = hold;
      // Silence counts from when it could be heard again.
      state.heard = new Now(state.heard.wall(), now.nanos());
      effects.add(new SessionEffect.Read(!hold));
      count(What.HELD_BACK, hold ? 1 : 0);
    }
  }

  private void answered(long ticket, Receipt receipt) {
    State.UnderWay frame = state.underWay.remove(ticket);
    if (frame == null) {
      return;
    }
    switch (receipt) {
      case Receipt.Safe _ -> {
        count(What.STORED, frame.observations());
        acknowledge(frame.boot(), frame.numbers());
      }
      case Receipt.KeepThem(Receipt.Why why) -> {
        count(What.KEPT, frame.observations());
        state.kept = state.kept.or(() -> Optional.of(now.nanos()));
        if (why == Receipt.Why.CLOSING) {
          refuse(Refused.Why.CLOSING, "this coordinator stops");
          return;
        }
      }
    }
    holdBackOrGoOn();
  }

  private void acknowledge(long boot, Numbers numbers) {
    List<CoordinatorFrame.Ack> acks = numbers.acks(boot);
    acks.forEach(ack -> effects.add(new Send(ack)));
    count(What.ACKS, acks.size());
  }

  private void drops(ProbeFrame.Drops drops) {
    if (state.hello.map(ProbeFrame.Hello::boot).filter(own -> own == drops.boot()).isPresent()) {
      state.drops = drops.counts();
    }
  }

  private void tick() {
    switch (state.phase) {
      case SILENT -> {
        if (now.since(state.opened.nanos()).compareTo(state.rules.hello()) > 0) {
          refuse(
              Refused.Why.MALFORMED, "no Hello within " + state.rules.hello().toSeconds() + " s");
        }
      }
      case INTRODUCED -> {
        if (now.since(state.heard.nanos()).compareTo(state.rules.silence()) > 0) {
          refuse(Refused.Why.BUSY, "it takes too long to find out who else speaks for this probe");
        }
      }
      case OPEN -> openTick();
      case ENDED -> {}
    }
  }

  private void openTick() {
    boolean dead = now.since(state.heard.nanos()).compareTo(state.rules.silence()) > 0;
    if (dead && !state.heldBack) {
      end("nothing came for " + state.rules.silence().toSeconds() + " s");
      return;
    }
    boolean busy =
        state.kept.filter(at -> now.since(at).compareTo(state.rules.busy()) >= 0).isPresent();
    if (busy) {
      refuse(Refused.Why.BUSY, "not everything could be taken in; hand it over again");
      return;
    }
    tellLimits();
    judgeHeld();
    clockwork.pingIfDue();
    holdBackOrGoOn();
  }

  private void count(What what, long amount) {
    if (amount > 0) {
      effects.add(new Count(what, amount));
    }
  }

  private void refuse(Refused.Why why, String text) {
    refuse(new Refused(why, text));
  }

  private void refuse(Refused refused) {
    effects.add(new Send(refused));
    end("refused: " + refused.why() + ": " + refused.text());
  }

  private void end(String why) {
    state.phase = Phase.ENDED;
    effects.add(new SessionEffect.Close(why));
  }
}
