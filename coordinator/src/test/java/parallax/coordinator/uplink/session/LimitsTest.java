package parallax.coordinator.uplink.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Region;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.CoordinatorFrame.Limits;
import parallax.config.wire.CoordinatorFrame.Refused.Why;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.Versions;
import parallax.coordinator.uplink.UplinkSamples;

/** A new observation waits behind what is on its way from everybody: so all share what that is. */
final class LimitsTest {
  private static final Vantage VANTAGE =
      new Vantage(new ProbeName("tokyo-1"), new Region("tokyo"), Optional.empty());
  private static final Assignments ASSIGNMENTS =
      Assignments.first(1, List.of(UplinkSamples.target("shop")), RouteWatching.NONE);

  private Session session = Session.opened(VANTAGE.probe(), Rules.USUAL, new Now(Instant.EPOCH, 0));

  @ParameterizedTest
  @CsvSource({
    "1, 4000, 500",
    "2, 4000, 500",
    "3, 2500, 500",
    "4, 2500, 500",
    "100, 78, 19",
    "500, 20, 5",
    "5000, 20, 5"
  })
  void theMoreShareTheLessEachMayHaveOnItsWay(int sharers, int onTheWay, int inFrame) {
    Limits limits = Rules.USUAL.limits(0.1, sharers);
    assertThat(limits.unacknowledged()).isEqualTo(onTheWay);
    assertThat(limits.batchObservations()).isEqualTo(inFrame);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 50, 333, 1_999})
  void whatTheScheduleMakesIsNeverHeldUp(double schedule) {
    Limits limits = Rules.USUAL.limits(schedule, 1_000);
    assertThat(limits.unacknowledged()).isGreaterThanOrEqualTo((int) (2 * schedule));
    assertThat(limits.perSecond()).isGreaterThanOrEqualTo((int) (2 * schedule));
  }

  @Test
  void aProbeHearsOfItOnceWhenOthersComeAndGo() {
    on(
        new SessionInput.Came(
            new ProbeFrame.Hello(Versions.OWN, VANTAGE, "test", 7, Instant.EPOCH, Optional.empty()),
            100));
    assertThat(sent(new SessionInput.Admitted(ASSIGNMENTS.of(VANTAGE.region()), 1)))
        .first()
        .isEqualTo(new CoordinatorFrame.Welcome(1, limits(1)));
    assertThat(sent(new SessionInput.Tick(false, 2, true))).as("no less than before").isEmpty();
    assertThat(sent(new SessionInput.Tick(false, 300, true))).containsExactly(limits(300));
    assertThat(sent(new SessionInput.Tick(false, 512, true))).as("about as many").isEmpty();
    assertThat(sent(new SessionInput.Tick(false, 1, true))).containsExactly(limits(1));
  }

  @Test
  void whoHasHandedOverWhatWaitedSharesNoMore() {
    open();
    on(new SessionInput.Admitted(ASSIGNMENTS.of(VANTAGE.region()), 1));
    assertThat(session.isCatchingUp()).as("it has not told yet").isTrue();
    pong(90_000);
    assertThat(session.isCatchingUp()).isTrue();
    pong(20);
    assertThat(session.isCatchingUp()).isFalse();
    pong(500);
    assertThat(session.isCatchingUp()).isTrue();
    on(new SessionInput.Refuse(new CoordinatorFrame.Refused(Why.CLOSING, "ends")));
    assertThat(session.isCatchingUp()).isFalse();
  }

  private void pong(long waiting) {
    Optional<ProbeFrame.Spooled> spooled = Optional.of(new ProbeFrame.Spooled(waiting, 1));
    on(new SessionInput.Came(new ProbeFrame.Pong(1, Instant.EPOCH, Instant.EPOCH, spooled), 50));
  }

  private void open() {
    on(
        new SessionInput.Came(
            new ProbeFrame.Hello(Versions.OWN, VANTAGE, "test", 7, Instant.EPOCH, Optional.empty()),
            100));
  }

  private Limits limits(int sharers) {
    return Rules.USUAL.limits(ASSIGNMENTS.of(VANTAGE.region()).perSecond(), sharers);
  }

  private List<SessionEffect> on(SessionInput input) {
    Session.Step step = session.on(input, new Now(Instant.EPOCH, 0));
    session = step.session();
    return step.effects();
  }

  private List<CoordinatorFrame> sent(SessionInput input) {
    return on(input).stream()
        .filter(SessionEffect.Send.class::isInstance)
        .map(effect -> ((SessionEffect.Send) effect).frame())
        .filter(frame -> !(frame instanceof CoordinatorFrame.Ping))
        .toList();
  }
}
