package parallax.config.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.check.CheckKind;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.WalkSeen;
import parallax.config.routes.Document;
import parallax.config.routes.RouteLimits;
import parallax.config.routes.RouteWatching;
import parallax.config.routes.SourceSpec;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.config.wire.CoordinatorFrame.Refused;

class RoundTripTest {
  private static final int ROUNDS = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void observationsComeBackAsTheyWere(long seed) {
    RandomObservations random = new RandomObservations(new SplittableRandom(seed));
    for (int round = 0; round < ROUNDS; round++) {
      ProbeFrame.Observations batch = random.batch(8);
      assertThat(ProbeFrames.decode(ProbeFrames.encode(batch)))
          .as("round %d", round)
          .isEqualTo(new Decoded.Good<ProbeFrame>(batch));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void targetsWithTheirSecretsComeBackAsTheyWere(long seed) {
    RandomTargets random = new RandomTargets(new SplittableRandom(seed));
    for (int round = 0; round < ROUNDS; round++) {
      List<Target> targets = List.of(random.target(), random.target());
      CoordinatorFrame.Assignment part =
          new CoordinatorFrame.Assignment(round, 0, 1, targets, List.of());
      assertThat(CoordinatorFrames.decode(CoordinatorFrames.encode(part)))
          .as("round %d", round)
          .isEqualTo(new Decoded.Good<CoordinatorFrame>(part));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void everyOtherFrameOfAProbeComesBackAsItWas(long seed) {
    RandomObservations random = new RandomObservations(new SplittableRandom(seed));
    for (ProbeFrame frame : probeFrames(random)) {
      assertThat(ProbeFrames.decode(ProbeFrames.encode(frame)))
          .isEqualTo(new Decoded.Good<>(frame));
    }
  }

  private static List<ProbeFrame> probeFrames(RandomObservations random) {
    TreeMap<ProbeFrame.Dropped, Long> counts = new TreeMap<>();
    for (Priority priority : Priority.values()) {
      for (DropCause cause : DropCause.values()) {
        counts.put(new ProbeFrame.Dropped(priority, cause), 7L + counts.size());
      }
    }
    return List.of(
        new ProbeFrame.Hello(
            new Versions(1, 3),
            random.vantage(),
            "Parallax 0.1",
            1_790_000_000_123L,
            random.instant(),
            random.maybe(() -> 42L)),
        new ProbeFrame.AssignmentAccepted(
            42, List.of(new ProbeFrame.NotSupported("shop", "smtp: not known"))),
        new ProbeFrame.Pong(
            -1,
            random.instant(),
            random.instant(),
            random.maybe(() -> new ProbeFrame.Spooled(0, Long.MAX_VALUE))),
        new ProbeFrame.Drops(1_790_000_000_123L, counts),
        new ProbeFrame.Bye("stopped"));
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void everyOtherFrameOfACoordinatorComesBackAsItWas(long seed) {
    RandomObservations random = new RandomObservations(new SplittableRandom(seed));
    Stream<CoordinatorFrame> frames =
        Stream.of(
            new CoordinatorFrame.Welcome(1, new CoordinatorFrame.Limits(65_536, 500, 1_000, 9)),
            new CoordinatorFrame.Limits(40_000, 5, 200, 1),
            new CoordinatorFrame.Ack(1_790_000_000_123L, 7, 1L << 40),
            new CoordinatorFrame.Ping(77, random.instant()));
    Stream<CoordinatorFrame> again =
        Stream.of(CheckKind.values())
            .map(
                kind ->
                    new CoordinatorFrame.LookAgain(
                        new TargetName("shop"), kind, random.duration()));
    Stream<CoordinatorFrame> refused =
        Stream.of(Refused.Why.values()).map(why -> new Refused(why, "because"));
    Stream.of(frames, again, refused)
        .flatMap(some -> some)
        .forEach(
            frame ->
                assertThat(CoordinatorFrames.decode(CoordinatorFrames.encode(frame)))
                    .isEqualTo(new Decoded.Good<>(frame)));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonHasItsNumber(Reason reason) {
    Observation up = Samples.up(1);
    Outcome outcome =
        reason.isProbesOwn() ? Outcome.inconclusive(reason, "") : Outcome.down(reason, "");
    Observation one =
        new Observation(
            up.id(),
            up.vantage(),
            up.target(),
            up.check(),
            reason.layer().orElse(Layer.HTTP),
            up.scheduled(),
            up.started(),
            up.duration(),
            outcome,
            up.timings(),
            up.facts());
    ProbeFrame frame =
        new ProbeFrame.Observations(Samples.BOOT, up.vantage(), List.of(one), List.of());
    assertThat(ProbeFrames.decode(ProbeFrames.encode(frame))).isEqualTo(new Decoded.Good<>(frame));
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53})
  void aBatchOfEncodedObservationsIsTheSameFrame(long seed) {
    RandomObservations random = new RandomObservations(new SplittableRandom(seed));
    for (int round = 0; round < ROUNDS; round++) {
      ProbeFrame.Observations frame = random.batch(20);
      Batch batch =
          new Batch(
              frame.boot(),
              Batch.encode(frame.vantage()),
              WireLimits.MAX_PROBE_FRAME_BYTES,
              WireLimits.MAX_BATCH);
      for (Observation observation : frame.observations()) {
        assertThat(batch.add(observation.id().sequence(), Batch.encode(observation))).isTrue();
      }
      assertThat(batch.frame()).isEqualTo(ProbeFrames.encode(frame));
    }
  }

  @Test
  void aBatchIsFullBeforeItIsTooLarge() {
    RandomObservations random = new RandomObservations(new SplittableRandom(61));
    Observation observation = random.batch(1).observations().getFirst();
    byte[] encoded = Batch.encode(observation);
    Batch batch = new Batch(1, Batch.encode(observation.vantage()), 4_096, 1_000);
    long sequence = 0;
    while (batch.add(sequence, encoded)) {
      sequence += 3;
    }
    assertThat(batch.size()).isPositive();
    assertThat(batch.frame().length).isBetween(4_096 - 2 * (encoded.length + 20), 4_096);
  }

  @Test
  void aWayThatIsTooLongCostsNothingElse() {
    String longest = "\u6f22".repeat(WalkSeen.MAX_TEXT);
    WalkSeen.Server server =
        new WalkSeen.Server(longest, longest, WalkSeen.Answer.FAILS, longest, Duration.ZERO);
    WalkSeen.Step step =
        new WalkSeen.Step(".", Collections.nCopies(WalkSeen.MAX_SERVERS, server), 0);
    WalkSeen walk =
        new WalkSeen("x.", Collections.nCopies(WalkSeen.MAX_STEPS, step), Optional.empty(), 1);
    Observation up = Samples.up(1);
    Facts facts = up.facts().withAnswers(List.of("192.0.2.1"));
    byte[] encoded = Batch.encode(withFacts(up, facts.withWalk(walk)));
    assertThat(encoded).isEqualTo(Batch.encode(withFacts(up, facts)));
  }

  @Test
  void anObservationWithMoreThanAFrameTakesIsSentWithoutItsLongestLists() {
    Facts.RouteSeen route =
        new Facts.RouteSeen(
            "192.0.2.0/24",
            List.of(64_500L),
            Facts.RouteRole.SERVERS,
            IntStream.range(0, 8).mapToObj(index -> index + "\u6f22".repeat(400)).toList(),
            Optional.empty());
    Observation up = Samples.up(1);
    Facts facts = up.facts().withRoutes(routes(route)).withAnswers(List.of("\u6f22".repeat(200)));
    byte[] encoded = Batch.encode(withFacts(up, facts));
    assertThat(encoded.length).isLessThanOrEqualTo(WireLimits.MAX_OBSERVATION_BYTES);
    Batch batch =
        new Batch(Samples.BOOT, Batch.encode(up.vantage()), WireLimits.MIN_BATCH_BYTES, 1);
    assertThat(batch.add(1, encoded)).isTrue();
    assertThat(ProbeFrames.decode(batch.frame()))
        .isEqualTo(
            new Decoded.Good<ProbeFrame>(
                new ProbeFrame.Observations(Samples.BOOT, up.vantage(), List.of(up), List.of())));
  }

  private static List<Facts.RouteSeen> routes(Facts.RouteSeen like) {
    return IntStream.range(0, Facts.MAX_ROUTES)
        .mapToObj(
            index ->
                new Facts.RouteSeen(
                    index + like.prefix(),
                    like.origins(),
                    like.role(),
                    like.addresses(),
                    like.sight()))
        .toList();
  }

  private static Observation withFacts(Observation of, Facts facts) {
    return new Observation(
        of.id(),
        of.vantage(),
        of.target(),
        of.check(),
        of.layer(),
        of.scheduled(),
        of.started(),
        of.duration(),
        of.outcome(),
        of.timings(),
        facts);
  }

  @Test
  void anAssignmentOfManyTargetsComesInPartsAndInAnyOrder() {
    RandomTargets random = new RandomTargets(new SplittableRandom(71));
    List<Target> targets = IntStream.range(0, 200).mapToObj(_ -> random.target()).toList();
    List<byte[]> frames = CoordinatorFrames.assignment(9, targets, 32 * 1024);
    assertThat(frames).hasSizeBetween(2, WireLimits.MAX_PARTS);
    assertThat(frames).allSatisfy(frame -> assertThat(frame.length).isLessThanOrEqualTo(32768));
    AssignmentParts parts =
        AssignmentParts.NONE.plus(part(CoordinatorFrames.assignment(8, targets, 32768).getFirst()));
    for (byte[] frame : frames.reversed()) {
      assertThat(parts.whole()).isEmpty();
      parts = parts.plus(part(frame));
    }
    assertThat(parts.whole()).contains(new AssignmentParts.Whole(9, targets, List.of()));
  }

  @Test
  void howRoutesAreWatchedIsInTheFirstPartAndOfTheWhole() {
    RandomTargets random = new RandomTargets(new SplittableRandom(72));
    List<Target> targets = IntStream.range(0, 200).mapToObj(_ -> random.target()).toList();
    AssignmentParts.Whole whole =
        new AssignmentParts.Whole(9, targets, Optional.of(Samples.watching()), List.of());
    List<byte[]> frames = CoordinatorFrames.assignment(whole, 32 * 1024);
    assertThat(frames).allSatisfy(frame -> assertThat(frame.length).isLessThanOrEqualTo(32768));
    AssignmentParts parts = AssignmentParts.NONE;
    for (byte[] frame : frames) {
      assertThat(part(frame).routes().isPresent()).isEqualTo(part(frame).part() == 0);
      parts = parts.plus(part(frame));
    }
    assertThat(parts.whole()).contains(whole);
  }

  /** A coordinator must not open ports on a probe's machine, nor read its files. */
  @Test
  void stationsAndFilesAreNeverTold() {
    ServerAddress here = new ServerAddress("0.0.0.0", 11_019);
    Document.InFile file = new Document.InFile(Path.of("/etc/passwd"));
    RouteWatching all =
        new RouteWatching(
            List.of(
                new SourceSpec.BmpStation(here, List.of("0.0.0.0/0")),
                SourceSpec.RisLive.USUAL,
                new SourceSpec.BgpSession(
                    here, 64_500, "192.0.2.1", List.of(new SourceSpec.Neighbour("::1", 1)))),
            List.of(file),
            new RouteWatching.Rpki(
                Optional.of(file), Optional.empty(), Optional.of(Path.of("/etc/slurm"))),
            RouteLimits.USUAL,
            List.of());
    byte[] frame =
        CoordinatorFrames.encode(
            new CoordinatorFrame.Assignment(9, 0, 1, List.of(), Optional.of(all), List.of()));
    assertThat(part(frame).routes())
        .contains(
            new RouteWatching(
                List.of(SourceSpec.RisLive.USUAL),
                List.of(),
                RouteWatching.Rpki.NONE,
                RouteLimits.USUAL,
                List.of()));
    assertThat(new String(frame, StandardCharsets.ISO_8859_1)).doesNotContain("etc", "0.0.0.0");
  }

  @Test
  void anAssignmentOfNothingIsOnePart() {
    List<byte[]> frames = CoordinatorFrames.assignment(9, List.of(), 32 * 1024);
    assertThat(frames).hasSize(1);
    assertThat(AssignmentParts.NONE.plus(part(frames.getFirst())).whole())
        .contains(new AssignmentParts.Whole(9, List.of(), List.of()));
  }

  private static CoordinatorFrame.Assignment part(byte[] frame) {
    return (CoordinatorFrame.Assignment)
        ((Decoded.Good<CoordinatorFrame>) CoordinatorFrames.decode(frame)).frame();
  }
}
