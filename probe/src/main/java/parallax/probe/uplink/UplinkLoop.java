package parallax.probe.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.observation.Observation;
import parallax.config.wire.AssignmentParts;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.CoordinatorFrame.Refused;
import parallax.config.wire.CoordinatorFrames;
import parallax.config.wire.Decoded;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.ProbeFrame.Dropped;
import parallax.config.wire.ProbeFrames;
import parallax.config.wire.Versions;
import parallax.probe.spool.Spool;
import parallax.probe.uplink.Outbox.Parcel;
import parallax.probe.uplink.session.UplinkEffect;
import parallax.probe.uplink.session.UplinkInput;
import parallax.probe.uplink.session.UplinkMachine;
import parallax.probe.uplink.session.UplinkState;
import parallax.probe.uplink.wire.Line;
import parallax.probe.uplink.wire.LineEvent;

/**
 * What the uplink's thread does, turn by turn: takes what event loops handed over, does what the
 * rules say, and sends as much as may be sent. Confined to that thread.
 */
final class UplinkLoop {
  /** Without anything to do, a turn comes this often. */
  static final Duration TICK = Duration.ofMillis(50);

  /** Observations taken in one turn. */
  private static final int MAX_TAKEN = 1_000;

  /** Frames sent in one turn, so that acks and pings are not kept waiting. */
  private static final int MAX_FRAMES_A_TURN = 32;

  /** How often files of credentials are looked at after they were refused. */
  private static final Duration LOOK_AT_CREDENTIALS = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(UplinkLoop.class);

  private final UplinkSettings settings;
  private final Ground ground;
  private final UplinkMachine machine;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Work work;
  private final Tally tally = new Tally();
  private final long origin;
  private UplinkState state;
  private Optional<Line> line = Optional.empty();
  private int lineNumber;
  private String credentials = "";
  private long credentialsLookedAt;
  private SortedMap<Dropped, Long> toldDrops = new TreeMap<>();

  UplinkLoop(UplinkSettings settings, Ground ground, Outbox outbox, Inbox inbox, Work work) {
    this.settings = settings;
    this.ground = ground;
    this.machine = new UplinkMachine(settings.rules(), ground.dialer().addresses());
    this.outbox = outbox;
    this.inbox = inbox;
    this.work = work;
    this.origin = ground.nanos().nanos();
    this.state = machine.begin(ground.kept().revision(), now());
  }

  private UplinkMachine.Now now() {
    return new UplinkMachine.Now(ground.nanos().nanos() - origin, ground.lots().nextDouble());
  }

  /** One turn; whether the end was asked for and everything before it is in the spool. */
  boolean turn() throws InterruptedException {
    Inbox.Taken taken = inbox.take(MAX_TAKEN, TICK);
    taken.observations().forEach(this::put);
    outbox.syncWhenDue();
    taken.events().forEach(this::happened);
    if (taken.heldUp()) {
      line.ifPresent(Line::resume);
    }
    lookAtCredentials();
    step(new UplinkInput.Tick());
    send();
    return taken.closed();
  }

  /** A defect with one observation must not cost the others. */
  private void put(Observation observation) {
    try {
      outbox.put(observation);
    } catch (RuntimeException e) {
      LOG.error("observation={} uplink=defect", observation.id(), e);
      tally.defective();
    }
  }

  /** Takes an input and does what follows from it. */
  void step(UplinkInput input) {
    UplinkMachine.Step step = machine.step(state, input, now());
    state = step.state();
    step.effects().forEach(this::perform);
  }

  private void happened(Inbox.Told told) {
    if (told.line() != lineNumber) {
      return;
    }
    switch (told.event()) {
      case LineEvent.Opened _ -> step(new UplinkInput.Connected());
      case LineEvent.Came came -> came(came);
      case LineEvent.Improper(String words) -> step(new UplinkInput.Unreadable(words));
      case LineEvent.Written(boolean observations) -> {
        if (observations) {
          ground.steps().passed("probe.sent");
        }
      }
      case LineEvent.Ended(Refused.Why why, String words) -> {
        line = Optional.empty();
        step(new UplinkInput.Lost(why, words));
      }
    }
  }

  private void came(LineEvent.Came came) {
    tally.came();
    switch (CoordinatorFrames.decode(came.frame().getBytes())) {
      case Decoded.Good<CoordinatorFrame>(CoordinatorFrame frame) ->
          step(new UplinkInput.Came(frame, came.frame().length(), came.at()));
      case Decoded.Newer<CoordinatorFrame> _ -> {
        tally.cameNewer();
        step(new UplinkInput.Newer());
      }
      case Decoded.Bad<CoordinatorFrame>(var _, String words) ->
          step(new UplinkInput.Unreadable(words));
    }
  }

  private void perform(UplinkEffect effect) {
    switch (effect) {
      case UplinkEffect.Connect(int address) -> connect(address);
      case UplinkEffect.Greet(Optional<Long> assignment) -> greet(assignment);
      case UplinkEffect.Begin _ -> {
        tally.welcomed();
        LOG.info("uplink=open coordinator={}", coordinator());
        toldDrops = new TreeMap<>();
        outbox.begin();
      }
      case UplinkEffect.Say(ProbeFrame frame) -> say(frame);
      case UplinkEffect.Pong(long id, var received) -> pong(id, received);
      case UplinkEffect.Adopt(AssignmentParts.Whole assignment) -> adopt(assignment);
      case UplinkEffect.Forget(long boot, long first, long last) ->
          outbox.acknowledge(boot, first, last);
      case UplinkEffect.LookAgain(var target, var check, Duration after) ->
          work.lookAgain(target, check, after);
      case UplinkEffect.TellDrops _ -> tellDrops();
      case UplinkEffect.Close _ -> line.ifPresent(Line::close);
      case UplinkEffect.Ended ended -> ended(ended);
    }
  }

  private void connect(int address) {
    lineNumber++;
    int number = lineNumber;
    credentials = ground.dialer().credentialsMark();
    line = Optional.of(ground.dialer().dial(address, event -> inbox.tell(number, event)));
  }

  private void greet(Optional<Long> assignment) {
    say(
        new ProbeFrame.Hello(
            Versions.OWN,
            settings.vantage(),
            settings.software(),
            settings.boot(),
            ground.clock().instant(),
            assignment));
  }

  private void pong(long id, Instant received) {
    Spool.Fill fill = outbox.fill();
    ProbeFrame.Spooled waiting = new ProbeFrame.Spooled(fill.observations(), fill.bytes());
    say(new ProbeFrame.Pong(id, received, ground.clock().instant(), Optional.of(waiting)));
  }

  private void say(ProbeFrame frame) {
    tally.said();
    line.ifPresent(to -> to.send(ProbeFrames.encode(frame), false));
  }

  private void adopt(AssignmentParts.Whole assignment) {
    LOG.info(
        "assignment={} targets={} not_supported={}",
        assignment.revision(),
        assignment.targets().size(),
        assignment.notSupported().size());
    ground.keep().write(assignment);
    work.assign(assignment.targets(), assignment.routes());
  }

  private void tellDrops() {
    SortedMap<Dropped, Long> drops = drops();
    if (!drops.equals(toldDrops)) {
      toldDrops = drops;
      say(new ProbeFrame.Drops(settings.boot(), drops));
    }
  }

  private SortedMap<Dropped, Long> drops() {
    return outbox.drops(inbox.dropped());
  }

  private void ended(UplinkEffect.Ended ended) {
    tally.failed();
    switch (ended.why()) {
      case IDENTITY, REVOKED, VERSION, DUPLICATE, MALFORMED, TOO_LARGE ->
          LOG.error(
              "uplink=refused why={} words=\"{}\" next={} pause_ms={}",
              ended.why(),
              ended.words(),
              coordinator(),
              ended.pause().toMillis());
      case UNSPECIFIED, RATE, BUSY, CLOSING ->
          LOG.warn(
              "uplink=lost why={} words=\"{}\" next={} pause_ms={}",
              ended.why(),
              ended.words(),
              coordinator(),
              ended.pause().toMillis());
    }
  }

  private String coordinator() {
    return ground.dialer().name(state.address());
  }

  private void lookAtCredentials() {
    long now = ground.nanos().nanos();
    if (state.phase() instanceof UplinkState.Waiting(long _, boolean refused)
        && refused
        && now - credentialsLookedAt >= LOOK_AT_CREDENTIALS.toNanos()) {
      credentialsLookedAt = now;
      String mark = ground.dialer().credentialsMark();
      if (!mark.equals(credentials)) {
        credentials = mark;
        step(new UplinkInput.NewCredentials());
      }
    }
  }

  /** As much as the coordinator and the network take: new observations first. */
  private void send() {
    for (int frames = 0; frames < MAX_FRAMES_A_TURN; frames++) {
      Optional<Limits> limits = state.limits();
      if (limits.isEmpty() || line.filter(Line::hasRoom).isEmpty()) {
        return;
      }
      Optional<Parcel> parcel = next(limits.get());
      if (parcel.isEmpty()) {
        return;
      }
      line.ifPresent(to -> to.send(parcel.get().frame(), true));
      tally.said();
      tally.sent(parcel.get().count());
      parcel.get().content().forEach(this::step);
    }
  }

  private Optional<Parcel> next(Limits limits) {
    long now = ground.nanos().nanos() - origin;
    int mayLive = state.mayLive(now);
    Optional<Parcel> live = outbox.live(mayLive, limits);
    if (live.isPresent() || mayLive == 0) {
      return live;
    }
    if (state.stopping()) {
      step(new UplinkInput.Drained());
      return Optional.empty();
    }
    return outbox.backlog(state.mayBacklog(now), limits);
  }

  /** Whether there is nothing left to do. */
  boolean isOver() {
    return state.phase() instanceof UplinkState.Over && line.isEmpty();
  }

  UplinkStatus status() {
    return new UplinkStatus(
        state.limits().isPresent(),
        coordinator(),
        state.assignment(),
        state.unacknowledged(),
        tally.counts(),
        outbox.fill(),
        drops());
  }
}
