package parallax.coordinator.uplink.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Region;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.Versions;
import parallax.config.wire.field.Fault;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.intake.Receipt;
import parallax.coordinator.uplink.UplinkSamples;

/** Random conversations: what a session must keep whatever comes, in whatever order. */
final class SessionPropertiesTest {
  private static final int STEPS = 2_000;
  private static final long BOOT = 1_790_000_000_000L;
  private static final ProbeName PROBE = new ProbeName("tokyo-1");
  private static final Vantage VANTAGE = new Vantage(PROBE, new Region("tokyo"), Optional.empty());
  private static final Assignments ASSIGNMENTS =
      Assignments.first(
          7,
          List.of(UplinkSamples.target("shop"), UplinkSamples.target("elsewhere", "paris")),
          RouteWatching.NONE);

  private SplittableRandom random = new SplittableRandom(0);
  private Session session = Session.opened(PROBE, Rules.USUAL, new Now(Instant.EPOCH, 0));
  private Now now = new Now(Instant.parse("2026-11-21T12:00:00Z"), 0);
  private long sequence;
  private final TreeMap<Long, Set<Long>> underWay = new TreeMap<>();
  private final TreeSet<Long> mayBeAcknowledged = new TreeSet<>();
  private final TreeSet<Long> acknowledged = new TreeSet<>();
  private final List<Long> pings = new ArrayList<>();
  private TreeSet<Long> frame = new TreeSet<>();

  /** Frames that came and were neither taken in nor acknowledged at once, in that order. */
  private final List<Set<Long>> held = new ArrayList<>();

  /** Of frames with nothing in them that the probe may speak of. */
  private final TreeSet<Long> ofNobody = new TreeSet<>();

  private int welcomes;
  private boolean reads = true;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverComesOnlyWhatIsSafeIsAcknowledged(long seed) {
    random = new SplittableRandom(seed);
    session = Session.opened(PROBE, Rules.USUAL, now);
    for (int step = 0; step < STEPS; step++) {
      now = later(random.nextInt(300));
      on(next());
      if (session.phase() == Session.Phase.ENDED) {
        assertThat(session.on(next(), now).effects()).isEmpty();
        again();
      }
    }
    assertThat(acknowledged).isNotEmpty();
    assertThat(welcomes).isPositive();
  }

  /** A new stream of the same run: what is not acknowledged may come again. */
  private void again() {
    session = Session.opened(PROBE, Rules.USUAL, now);
    underWay.clear();
    held.clear();
    pings.clear();
    reads = true;
  }

  private Now later(long millis) {
    return new Now(now.wall().plusMillis(millis), now.nanos() + millis * 1_000_000);
  }

  private SessionInput next() {
    return switch (session.phase()) {
      case SILENT ->
          random.nextInt(20) == 0 ? new SessionInput.Tick(false, 1, true) : came(hello());
      case INTRODUCED ->
          random.nextInt(5) == 0
              ? new SessionInput.Tick(false, 1, true)
              : new SessionInput.Admitted(ASSIGNMENTS.of(VANTAGE.region()), 1);
      case OPEN, ENDED -> open();
    };
  }

  private SessionInput open() {
    int kind = random.nextInt(100);
    if (kind < 40 && reads) {
      return came(observations());
    }
    if (kind < 75 && !underWay.isEmpty()) {
      List<Long> tickets = List.copyOf(underWay.keySet());
      long ticket = tickets.get(random.nextInt(tickets.size()));
      boolean safe = random.nextInt(60) > 0;
      Set<Long> numbers = underWay.remove(ticket);
      if (safe && numbers != null) {
        mayBeAcknowledged.addAll(numbers);
      }
      return new SessionInput.Answered(
          ticket, safe ? new Receipt.Safe() : new Receipt.KeepThem(Receipt.Why.INDETERMINATE));
    }
    if (kind < 85 && !pings.isEmpty()) {
      Instant theirs = now.wall().plusMillis(random.nextInt(10_000));
      return came(new ProbeFrame.Pong(pings.removeLast(), theirs, theirs));
    }
    return kind == 85
        ? new SessionInput.CameNewer()
        : kind == 86
            ? new SessionInput.Assigned(ASSIGNMENTS.of(VANTAGE.region()))
            : kind == 87 ? new SessionInput.Challenged() : new SessionInput.Tick(false, 1, true);
  }

  private static SessionInput came(ProbeFrame frame) {
    return new SessionInput.Came(frame, 100);
  }

  private ProbeFrame hello() {
    return new ProbeFrame.Hello(
        Versions.OWN, VANTAGE, "Parallax", BOOT, now.wall(), Optional.empty());
  }

  /** With gaps, unreadable ones and such as are of no concern; old ones now and then. */
  private ProbeFrame observations() {
    long at = random.nextInt(10) == 0 ? random.nextLong(sequence + 1) : sequence;
    List<Observation> good = new ArrayList<>();
    List<ProbeFrame.PassedOver> bad = new ArrayList<>();
    frame = new TreeSet<>();
    int size = 1 + random.nextInt(50);
    for (int number = 0; number < size; number++) {
      at += random.nextInt(8) == 0 ? 3 : 1;
      frame.add(at);
      switch (random.nextInt(10)) {
        case 0 -> bad.add(new ProbeFrame.PassedOver(at, Fault.UNKNOWN_WORD, "newer"));
        case 1 -> good.add(UplinkSamples.up(VANTAGE, BOOT, "elsewhere", at));
        default -> good.add(UplinkSamples.up(VANTAGE, BOOT, "shop", at));
      }
    }
    sequence = Math.max(sequence, at);
    if (good.stream().noneMatch(each -> each.target().value().equals("shop"))) {
      ofNobody.addAll(frame);
    }
    return new ProbeFrame.Observations(BOOT, VANTAGE, good, bad);
  }

  private void on(SessionInput input) {
    Session.Phase before = session.phase();
    Session.Step step = session.on(input, now);
    session = step.session();
    boolean taken = false;
    for (SessionEffect effect : step.effects()) {
      switch (effect) {
        case SessionEffect.Take(long ticket, List<Evidence> evidence, boolean _) -> {
          taken = true;
          assertThat(before).isEqualTo(Session.Phase.OPEN);
          assertThat(evidence)
              .allMatch(each -> each.observation().target().value().equals("shop"))
              .allMatch(each -> !each.received().isAfter(now.wall()));
          underWay.put(ticket, frameOf(evidence.getFirst(), input));
          assertThat(underWay.size()).isLessThanOrEqualTo(Rules.MAX_UNDER_WAY);
        }
        case SessionEffect.Send(CoordinatorFrame sent) -> sent(sent, input);
        case SessionEffect.Read(boolean on) -> reads = on;
        case SessionEffect.Close _ -> assertThat(session.phase()).isEqualTo(Session.Phase.ENDED);
        default -> {}
      }
    }
    boolean observed = input instanceof SessionInput.Came(ProbeFrame.Observations _, int _);
    if (observed && step.effects().stream().noneMatch(SessionPropertiesTest::isAnswer)) {
      held.add(frame);
    }
    assertThat(taken && session.phase() == Session.Phase.ENDED).isFalse();
  }

  private static boolean isAnswer(SessionEffect effect) {
    return effect instanceof SessionEffect.Take
        || effect instanceof SessionEffect.Send(CoordinatorFrame.Ack _);
  }

  /** The one that came just now, or the oldest that was held with this in it. */
  private Set<Long> frameOf(Evidence evidence, SessionInput input) {
    if (input instanceof SessionInput.Came) {
      return frame;
    }
    long number = evidence.observation().id().sequence();
    Set<Long> found = held.stream().filter(each -> each.contains(number)).findFirst().orElseThrow();
    held.remove(found);
    return found;
  }

  private void sent(CoordinatorFrame frameSent, SessionInput input) {
    switch (frameSent) {
      case CoordinatorFrame.Ack(long boot, long first, long last) -> {
        assertThat(boot).isEqualTo(BOOT);
        if (input instanceof SessionInput.Came) {
          // Nothing of this frame concerns anybody.
          mayBeAcknowledged.addAll(frame);
        } else if (!(input instanceof SessionInput.Answered)) {
          mayBeAcknowledged.addAll(ofNobody.subSet(first, true, last, true));
        }
        for (long number = first; number <= last; number++) {
          assertThat(mayBeAcknowledged.contains(number)).as("%s", number).isTrue();
          acknowledged.add(number);
        }
      }
      case CoordinatorFrame.Welcome _ -> {
        welcomes++;
        assertThat(input).isInstanceOf(SessionInput.Admitted.class);
      }
      case CoordinatorFrame.Ping ping -> pings.add(ping.id());
      default -> {}
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 500})
  void nobodyGetsMoreInThanTheAllowance(int size) {
    on(came(hello()));
    on(new SessionInput.Admitted(ASSIGNMENTS.of(VANTAGE.region()), 1));
    int seconds = 60;
    long taken = 0;
    for (int milli = 0; milli < seconds * 1_000; milli += 10) {
      now = later(10);
      on(new SessionInput.Tick(false, 1, true));
      for (int burst = 0; burst < 20 && reads; burst++) {
        List<Observation> looks = new ArrayList<>();
        for (int number = 0; number < size; number++) {
          mayBeAcknowledged.add(sequence);
          looks.add(UplinkSamples.up(VANTAGE, BOOT, "shop", sequence++));
        }
        on(came(new ProbeFrame.Observations(BOOT, VANTAGE, looks, List.of())));
        taken += size;
        for (long ticket : List.copyOf(underWay.keySet())) {
          underWay.remove(ticket);
          on(new SessionInput.Answered(ticket, new Receipt.Safe()));
        }
      }
    }
    long perSecond = Rules.USUAL.perSecond(0);
    assertThat(taken)
        .isBetween(
            Math.min(perSecond * (seconds - 1), (long) size * 19 * 100 * seconds),
            perSecond * (seconds + Rules.BURST_SECONDS) + size);
    assertThat(session.phase()).isEqualTo(Session.Phase.OPEN);
    assertThat(Duration.ofNanos(now.nanos())).isEqualTo(Duration.ofSeconds(seconds));
  }
}
