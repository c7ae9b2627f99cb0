package parallax.config.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Facts.RouteSeen;
import parallax.config.observation.Facts.RouteSight;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.observation.seen.ChainSeen;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.target.Region;
import parallax.config.target.TargetName;

/** Observations that could be, with every field set or left out by chance. */
final class RandomObservations {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String ODD = "aZ 0.-_/:%é漢\uD83D\uDE00\"\\\u202E\u0000\n<&";
  private static final long MAX_ASN = 4_294_967_295L;

  private final RandomGenerator random;

  RandomObservations(RandomGenerator random) {
    this.random = random;
  }

  Vantage vantage() {
    return new Vantage(
        new ProbeName(word(63)), new Region(word(20)), maybe(() -> random.nextLong(MAX_ASN + 1)));
  }

  /** Up to {@code most} observations of one run, with gaps now and then. */
  ProbeFrame.Observations batch(int most) {
    Vantage vantage = vantage();
    long boot = random.nextLong();
    boolean gaps = random.nextBoolean();
    long sequence = random.nextLong(1L << random.nextInt(1, 62));
    List<Observation> observations = new ArrayList<>();
    int size = random.nextInt(1, most + 1);
    for (int index = 0; index < size; index++) {
      observations.add(observation(new ObservationId(vantage.probe(), boot, sequence), vantage));
      sequence += gaps ? random.nextInt(1, 1_000) : 1;
    }
    return new ProbeFrame.Observations(boot, vantage, observations, List.of());
  }

  Observation observation(ObservationId id, Vantage vantage) {
    Reason reason = one(Reason.values());
    Layer layer = reason.layer().orElseGet(() -> one(Layer.values()));
    Instant scheduled = instant();
    return new Observation(
        id,
        vantage,
        new TargetName(random.nextBoolean() ? word(253) : "https://" + word(30) + ".example/"),
        one(CheckKind.values()),
        layer,
        scheduled,
        scheduled.plusNanos(random.nextLong() >> random.nextInt(8, 60)),
        duration(),
        outcome(new Finding(reason, text(Finding.MAX_DETAIL + 50))),
        timings(),
        random.nextInt(4) == 0 ? Facts.NONE : facts());
  }

  private Outcome outcome(Finding finding) {
    if (random.nextBoolean()) {
      return Outcome.up();
    }
    if (finding.reason().isProbesOwn()) {
      return new Outcome.Inconclusive(finding);
    }
    return random.nextBoolean() ? new Outcome.Down(finding) : new Outcome.Degraded(finding);
  }

  private Timings timings() {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      if (random.nextBoolean()) {
        phases.put(phase, duration());
      }
    }
    return new Timings(phases);
  }

  private Facts facts() {
    return new Facts(
        maybe(() -> word(40)),
        maybe(() -> random.nextInt()),
        maybe(() -> "1.1"),
        maybe(() -> "TLSv1.3"),
        maybe(this::instant),
        maybe(() -> text(120)),
        random.nextInt(11),
        maybe(random::nextLong),
        list(70, () -> text(40)),
        list(20, () -> word(30)),
        maybe(this::instant),
        maybe(this::registration),
        list(5, this::route),
        maybe(this::chain),
        maybe(this::walk),
        maybe(this::parts),
        maybe(this::reach));
  }

  private PartsSeen parts() {
    List<PartsSeen.Part> parts = new ArrayList<>(list(30, this::part));
    parts.add(part());
    return new PartsSeen(parts, random.nextInt(500));
  }

  private PartsSeen.Part part() {
    return new PartsSeen.Part(
        text(PartsSeen.MAX_TEXT + 9),
        maybe(() -> random.nextInt(600)),
        duration(),
        new PartsSeen.Spent(duration(), duration(), duration(), duration(), duration()),
        maybe(() -> random.nextLong(1L << 40)),
        maybe(() -> text(80)));
  }

  private ReachSeen reach() {
    return new ReachSeen(maybe(this::echoes), maybe(this::clock), maybe(this::trace));
  }

  private TraceSeen trace() {
    return new TraceSeen(
        text(20),
        list(
            TraceSeen.MAX_HOPS,
            () ->
                random.nextBoolean()
                    ? TraceSeen.Hop.SILENT
                    : new TraceSeen.Hop(Optional.of(text(20)), Optional.of(duration()))),
        one(TraceSeen.End.values()));
  }

  private ReachSeen.EchoesSeen echoes() {
    int sent = random.nextInt(100);
    int received = random.nextInt(sent + 1);
    return new ReachSeen.EchoesSeen(
        sent, received, received == 0 ? Optional.empty() : Optional.of(roundTrips()));
  }

  private ReachSeen.RoundTrips roundTrips() {
    List<Duration> times = Stream.generate(this::duration).limit(3).sorted().toList();
    return new ReachSeen.RoundTrips(times.get(0), times.get(1), times.get(2), duration());
  }

  private ReachSeen.ClockSeen clock() {
    return new ReachSeen.ClockSeen(
        random.nextBoolean() ? duration() : duration().negated(),
        random.nextInt(256),
        text(ReachSeen.MAX_WORD + 9),
        duration(),
        duration(),
        maybe(() -> text(20)));
  }

  private ChainSeen chain() {
    return new ChainSeen(
        list(8, this::certificate), random.nextInt(5), maybe(() -> text(ChainSeen.MAX_FAULT + 9)));
  }

  private ChainSeen.Certificate certificate() {
    return new ChainSeen.Certificate(
        text(ChainSeen.MAX_TEXT + 9),
        text(30),
        list(12, () -> text(40)),
        random.nextInt(100),
        instant(),
        instant(),
        word(12),
        word(20));
  }

  private WalkSeen walk() {
    return new WalkSeen(
        word(30) + ".",
        list(12, this::step),
        maybe(() -> text(WalkSeen.MAX_FAULT + 9)),
        random.nextInt(200));
  }

  private WalkSeen.Step step() {
    return new WalkSeen.Step(word(20) + ".", list(12, this::server), random.nextInt(30));
  }

  private WalkSeen.Server server() {
    return new WalkSeen.Server(
        text(WalkSeen.MAX_TEXT + 9),
        "192.0.2." + random.nextInt(256),
        one(WalkSeen.Answer.values()),
        text(40),
        duration());
  }

  private Facts.RegistrationSeen registration() {
    return new Facts.RegistrationSeen(
        word(30),
        word(30),
        maybe(() -> text(250)),
        maybe(() -> text(30)),
        maybe(this::instant),
        instant());
  }

  private RouteSeen route() {
    return new RouteSeen(
        "192.0." + random.nextInt(256) + ".0/24",
        list(10, () -> random.nextLong(MAX_ASN + 1)),
        one(Facts.RouteRole.values()),
        list(10, () -> word(30)),
        maybe(this::sight));
  }

  private RouteSight sight() {
    int known = random.nextInt(500);
    return new RouteSight(
        word(12),
        random.nextInt(known + 1),
        known,
        maybe(() -> random.nextLong(MAX_ASN + 1)),
        maybe(() -> "192.0.0.0/16"),
        instant(),
        maybe(this::instant));
  }

  Instant instant() {
    return switch (random.nextInt(4)) {
      case 0 -> Instant.ofEpochSecond(1_790_000_000L + random.nextInt());
      case 1 -> Instant.ofEpochMilli(1_790_000_000_000L + random.nextInt());
      case 2 -> Instant.ofEpochSecond(1_790_000_000L, random.nextInt(1_000_000_000));
      default -> Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 253_000_000_000L));
    };
  }

  Duration duration() {
    return Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 62)));
  }

  /** Lower-case letters and digits. */
  String word(int max) {
    int length = random.nextInt(1, max + 1);
    StringBuilder word = new StringBuilder(length);
    for (int index = 0; index < length; index++) {
      word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return word.toString();
  }

  /** Anything that a string may hold, whole characters only. */
  String text(int max) {
    int length = random.nextInt(max + 1);
    StringBuilder text = new StringBuilder(length);
    int[] odd = ODD.codePoints().toArray();
    while (text.length() < length) {
      text.appendCodePoint(odd[random.nextInt(odd.length)]);
    }
    return text.toString();
  }

  <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  <T> List<T> list(int most, Supplier<T> item) {
    int size = random.nextInt(4) == 0 ? random.nextInt(most + 1) : random.nextInt(3);
    List<T> items = new ArrayList<>();
    for (int index = 0; index < size; index++) {
      items.add(item.get());
    }
    return items;
  }

  <T> T one(T[] of) {
    return Arrays.asList(of).get(random.nextInt(of.length));
  }
}
