package parallax.coordinator.uplink.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Region;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.Versions;
import parallax.coordinator.uplink.UplinkSamples;

/** What waited at a probe is told apart from what it sees now. */
final class LateTest {
  private static final long BOOT = 1_790_000_000_000L;
  private static final ProbeName PROBE = new ProbeName("tokyo-1");
  private static final Vantage VANTAGE = new Vantage(PROBE, new Region("tokyo"), Optional.empty());
  private static final Assignments SHOP =
      Assignments.first(7, List.of(UplinkSamples.target("shop")), RouteWatching.NONE);

  /** When the samples start. */
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private Session session = Session.opened(PROBE, Rules.USUAL, new Now(NOON, 0));
  private Now now = new Now(NOON, 0);

  /** A stream by whose welcome so much time has passed since the samples. */
  private void openAfter(Duration passed) {
    now = new Now(NOON.plus(passed), passed.toNanos());
    session = Session.opened(PROBE, Rules.USUAL, now);
    on(new ProbeFrame.Hello(Versions.OWN, VANTAGE, "Parallax", BOOT, now.wall(), Optional.of(7L)));
    on(new SessionInput.Admitted(SHOP.of(VANTAGE.region()), 1));
  }

  private List<SessionEffect> on(ProbeFrame frame) {
    return on(new SessionInput.Came(frame, 100));
  }

  private List<SessionEffect> on(SessionInput input) {
    Session.Step step = session.on(input, now);
    session = step.session();
    return step.effects();
  }

  /** Whether a frame of the samples is late. */
  private boolean isLate(Observation... looks) {
    return on(new ProbeFrame.Observations(BOOT, VANTAGE, List.of(looks), List.of())).stream()
        .filter(SessionEffect.Take.class::isInstance)
        .map(SessionEffect.Take.class::cast)
        .findAny()
        .orElseThrow()
        .late();
  }

  private static Observation atNoon(long sequence) {
    return UplinkSamples.up(VANTAGE, BOOT, "shop", sequence);
  }

  private static Observation at(Instant instant, long sequence) {
    Observation sample = atNoon(sequence);
    return new Observation(
        sample.id(),
        sample.vantage(),
        sample.target(),
        sample.check(),
        sample.layer(),
        instant,
        instant,
        sample.duration(),
        sample.outcome(),
        sample.timings(),
        sample.facts());
  }

  @Test
  void whatTookLongerThanTheBoundIsLate() {
    Duration looked = Duration.between(NOON, atNoon(0).ended());
    openAfter(looked.plus(Rules.LATE));
    assertThat(isLate(atNoon(0))).isFalse();
    openAfter(looked.plus(Rules.LATE).plusMillis(1));
    assertThat(isLate(atNoon(0))).isTrue();
  }

  @Test
  void aFrameInWhichAnythingIsOfNowIsNot() {
    openAfter(Duration.ofHours(1));
    assertThat(isLate(atNoon(0), at(now.wall(), 1), atNoon(2))).isFalse();
    assertThat(isLate(atNoon(3), atNoon(4))).isTrue();
  }

  @Test
  void aClockThatIsBehindMakesNothingLate() {
    Duration behind = Duration.ofMinutes(10);
    openAfter(Duration.ofHours(1));
    Observation looked = at(now.wall().minus(behind), 0);
    assertThat(isLate(looked)).as("before the clock was measured").isTrue();
    now = new Now(now.wall().plusSeconds(5), now.nanos() + Duration.ofSeconds(5).toNanos());
    List<SessionEffect> asked = on(new SessionInput.Tick(false, 1, true));
    long ping =
        asked.stream()
            .filter(SessionEffect.Send.class::isInstance)
            .map(effect -> ((SessionEffect.Send) effect).frame())
            .filter(CoordinatorFrame.Ping.class::isInstance)
            .mapToLong(frame -> ((CoordinatorFrame.Ping) frame).id())
            .max()
            .orElseThrow();
    Instant theirs = now.wall().minus(behind);
    on(new ProbeFrame.Pong(ping, theirs, theirs, Optional.empty()));
    assertThat(isLate(at(now.wall().minus(behind), 1))).isFalse();
    assertThat(isLate(at(now.wall().minus(behind).minus(Rules.LATE.multipliedBy(2)), 2))).isTrue();
  }
}
