package parallax.coordinator.uplink.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.config.observation.ProbeName;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.ProbeFrame;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.uplink.session.SessionEffect.ClockState;

/** What a session knows; changed only as a copy of the one before. */
final class State {
  final ProbeName probe;
  final Rules rules;
  final Now opened;
  Session.Phase phase = Session.Phase.SILENT;
  Now heard;
  Optional<ProbeFrame.Hello> hello = Optional.empty();
  int version;
  Optional<Assignments.Share> share = Optional.empty();
  Optional<ProbeFrame.AssignmentAccepted> accepted = Optional.empty();
  Allowance allowance;
  boolean heldBack;

  /** How many share what this coordinator takes in. */
  int sharers = 1;

  /** What the probe may send, as it was told last. */
  Optional<CoordinatorFrame.Limits> told = Optional.empty();

  /** By ticket; with those held, never more than {@link Rules#MAX_UNDER_WAY}. */
  SortedMap<Long, UnderWay> underWay = new TreeMap<>();

  long nextTicket;

  /** Frames with targets that may be of an assignment yet to come, in the order of arrival. */
  List<Held> held = new ArrayList<>();

  /** When the doubt about such targets ends. */
  long doubtUntil;

  /** Whether others go by an assignment that is not in force here yet. */
  boolean outdated;

  /** When something was not taken in, for the first time. */
  Optional<Long> kept = Optional.empty();

  /** Pings without an answer, by id; the newest few. */
  SortedMap<Long, Now> pings = new TreeMap<>();

  long nextPing;

  /** When the newest ping was sent. */
  Optional<Long> pinged = Optional.empty();

  /** From which ping on an answer proves that the probe is alive, for who asked. */
  Optional<Long> challenge = Optional.empty();

  Optional<Long> beat = Optional.empty();

  /** What the newest sign of life said of the clock. */
  Duration toldAhead = Duration.ZERO;

  ProbeClock clock = ProbeClock.UNKNOWN;
  ClockState clockState = ClockState.FINE;
  Optional<ProbeFrame.Spooled> spooled = Optional.empty();
  SortedMap<ProbeFrame.Dropped, Long> drops = new TreeMap<>();

  /** A frame on its way into the record. */
  record UnderWay(long boot, Numbers numbers, int observations) {}

  /** A frame that is neither taken in nor acknowledged yet. */
  record Held(long boot, Numbers numbers, List<Evidence> evidence) {}

  State(ProbeName probe, Rules rules, Now opened) {
    this.probe = probe;
    this.rules = rules;
    this.opened = opened;
    this.heard = opened;
    this.allowance = Allowance.full(rules.perSecond(0), opened.nanos());
  }

  State copy() {
    State copy = new State(probe, rules, opened);
    copy.phase = phase;
    copy.heard = heard;
    copy.hello = hello;
    copy.version = version;
    copy.share = share;
    copy.accepted = accepted;
    copy.allowance = allowance;
    copy.heldBack = heldBack;
    copy.sharers = sharers;
    copy.told = told;
    copy.underWay = new TreeMap<>(underWay);
    copy.nextTicket = nextTicket;
    copy.held = new ArrayList<>(held);
    copy.doubtUntil = doubtUntil;
    copy.outdated = outdated;
    copy.kept = kept;
    copy.pings = new TreeMap<>(pings);
    copy.nextPing = nextPing;
    copy.pinged = pinged;
    copy.challenge = challenge;
    copy.beat = beat;
    copy.toldAhead = toldAhead;
    copy.clock = clock;
    copy.clockState = clockState;
    copy.spooled = spooled;
    copy.drops = drops;
    return copy;
  }

  /** Frames that came and are not answered. */
  int framesUnderWay() {
    return underWay.size() + held.size();
  }

  int observationsUnderWay() {
    return underWay.values().stream().mapToInt(UnderWay::observations).sum()
        + held.stream().mapToInt(frame -> frame.evidence().size()).sum();
  }
}
