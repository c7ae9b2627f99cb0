package parallax.coordinator.uplink.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Region;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.Versions;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.uplink.UplinkSamples;

/** What is believed of a probe's clock while it answers late, and how soon that is over. */
final class ClockworkTest {
  private static final Vantage VANTAGE =
      new Vantage(new ProbeName("tokyo-1"), new Region("tokyo"), Optional.empty());
  private static final Assignments ASSIGNMENTS =
      Assignments.first(1, List.of(UplinkSamples.target("shop")), RouteWatching.NONE);

  private Session session = Session.opened(VANTAGE.probe(), Rules.USUAL, at(0));
  private long pinged;

  private static Instant wall(long millis) {
    return Instant.EPOCH.plusMillis(millis);
  }

  private static Now at(long millis) {
    return new Now(wall(millis), Duration.ofMillis(millis).toNanos());
  }

  @BeforeEach
  void open() {
    ProbeFrame hello =
        new ProbeFrame.Hello(Versions.OWN, VANTAGE, "test", 7, wall(0), Optional.empty());
    on(0, new SessionInput.Came(hello, 100));
    on(0, new SessionInput.Admitted(ASSIGNMENTS.of(VANTAGE.region()), 1));
    pinged = pings(0).orElseGet(() -> pinged);
  }

  @Test
  void aClockThatWasMeasuredBadlyIsAskedForAgainSoon() {
    // It shows ten seconds more than ours, and its answer was two seconds on its way.
    assertThat(answer(2_000, 10_000)).singleElement().satisfies(beat -> isAhead(beat, 8_000));
    assertThat(pings(2_500)).isPresent();
    assertThat(answer(2_510, 12_505))
        .as("told at once")
        .singleElement()
        .satisfies(beat -> isAhead(beat, 9_995));
    assertThat(pings(3_510)).as("it is known well now").isEmpty();
    assertThat(pings(7_500)).isPresent();
    assertThat(answer(7_510, 17_505)).as("nothing new, and no sign of life is due").isEmpty();
  }

  @Test
  void aClockThatMayBeRightIsTakenToBe() {
    assertThat(answer(6_000, 6_000)).singleElement().satisfies(beat -> isAhead(beat, 0));
  }

  @Test
  void aClockThatIsKnownWellIsToldWithTheSignsOfLife() {
    assertThat(answer(10, 5)).singleElement().satisfies(beat -> isAhead(beat, 0));
    assertThat(pings(5_000)).isPresent();
    assertThat(answer(5_010, 5_005)).isEmpty();
    assertThat(pings(10_000)).isPresent();
    assertThat(answer(10_010, 10_005)).singleElement().satisfies(beat -> isAhead(beat, 0));
  }

  private static void isAhead(Beat beat, long millis) {
    assertThat(beat.isMeasured()).isTrue();
    assertThat(Duration.between(beat.received(), beat.sent())).isEqualTo(Duration.ofMillis(millis));
  }

  /** The answer to the newest ping arrives; the probe's clock, which is right, showed that. */
  private List<Beat> answer(long millis, long shown) {
    return on(
            millis,
            new SessionInput.Came(
                new ProbeFrame.Pong(pinged, wall(shown), wall(shown), Optional.empty()), 50))
        .flatMap(
            effect ->
                effect instanceof SessionEffect.Alive(Beat beat) ? Stream.of(beat) : Stream.empty())
        .toList();
  }

  private Optional<Long> pings(long millis) {
    Optional<Long> sent =
        on(millis, new SessionInput.Tick(false, 1, true))
            .flatMap(
                effect ->
                    effect instanceof SessionEffect.Send(CoordinatorFrame.Ping(long id, Instant _))
                        ? Stream.of(id)
                        : Stream.empty())
            .findFirst();
    sent.ifPresent(id -> pinged = id);
    return sent;
  }

  private Stream<SessionEffect> on(long millis, SessionInput input) {
    Session.Step step = session.on(input, at(millis));
    session = step.session();
    return step.effects().stream();
  }
}
