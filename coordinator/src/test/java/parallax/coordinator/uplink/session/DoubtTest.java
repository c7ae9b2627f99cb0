package parallax.coordinator.uplink.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Region;
import parallax.config.wire.CoordinatorFrame;
import parallax.config.wire.ProbeFrame;
import parallax.config.wire.Versions;
import parallax.coordinator.intake.Receipt;
import parallax.coordinator.uplink.UplinkSamples;

/**
 * A probe was assigned a target by another member, sees it, and comes to one to which the
 * configuration is not in force yet: nothing of that may be lost.
 */
final class DoubtTest {
  private static final long BOOT = 1_790_000_000_000L;
  private static final ProbeName PROBE = new ProbeName("tokyo-1");
  private static final Vantage VANTAGE = new Vantage(PROBE, new Region("tokyo"), Optional.empty());
  private static final Assignments OLD =
      Assignments.first(7, List.of(UplinkSamples.target("shop")), RouteWatching.NONE);
  private static final Assignments NEW =
      OLD.next(
          8,
          List.of(UplinkSamples.target("shop"), UplinkSamples.target("new")),
          RouteWatching.NONE);

  private Session session = Session.opened(PROBE, Rules.USUAL, new Now(Instant.EPOCH, 0));
  private Now now = new Now(Instant.parse("2026-11-21T12:00:00Z"), 0);

  @BeforeEach
  void open() {
    session = Session.opened(PROBE, Rules.USUAL, now);
    on(
        came(
            new ProbeFrame.Hello(
                Versions.OWN, VANTAGE, "Parallax", BOOT, now.wall(), Optional.of(8L))));
    on(new SessionInput.Admitted(OLD.of(VANTAGE.region()), 1));
  }

  private static SessionInput came(ProbeFrame frame) {
    return new SessionInput.Came(frame, 100);
  }

  /** One observation of each target, numbered from {@code first}. */
  private static SessionInput saw(long first, String... targets) {
    List<Observation> looks =
        Stream.iterate(0, index -> index < targets.length, index -> index + 1)
            .map(index -> UplinkSamples.up(VANTAGE, BOOT, targets[index], first + index))
            .toList();
    return came(new ProbeFrame.Observations(BOOT, VANTAGE, looks, List.of()));
  }

  private List<SessionEffect> on(SessionInput input) {
    Session.Step step = session.on(input, now);
    session = step.session();
    return step.effects();
  }

  private List<SessionEffect> after(long millis, SessionInput input) {
    now = new Now(now.wall().plusMillis(millis), now.nanos() + millis * 1_000_000);
    return on(input);
  }

  private static List<CoordinatorFrame.Ack> acks(List<SessionEffect> effects) {
    return effects.stream()
        .filter(SessionEffect.Send.class::isInstance)
        .map(effect -> ((SessionEffect.Send) effect).frame())
        .filter(CoordinatorFrame.Ack.class::isInstance)
        .map(CoordinatorFrame.Ack.class::cast)
        .toList();
  }

  private static List<String> taken(List<SessionEffect> effects) {
    return takes(effects).stream()
        .flatMap(take -> take.evidence().stream())
        .map(each -> each.observation().target().value())
        .toList();
  }

  private static List<SessionEffect.Take> takes(List<SessionEffect> effects) {
    return effects.stream()
        .filter(SessionEffect.Take.class::isInstance)
        .map(SessionEffect.Take.class::cast)
        .toList();
  }

  @Test
  void whatIsNotKnownYetIsHeldAndTakenInOnceItIs() {
    List<SessionEffect> first = on(saw(0, "shop", "new"));
    assertThat(taken(first)).isEmpty();
    assertThat(acks(first)).isEmpty();
    assertThat(taken(on(saw(2, "shop")))).containsExactly("shop");
    assertThat(taken(after(250, new SessionInput.Tick(false, 1, true)))).isEmpty();
    List<SessionEffect> then = after(250, new SessionInput.Assigned(NEW.of(VANTAGE.region())));
    assertThat(taken(then)).containsExactly("shop", "new");
    assertThat(takes(then).getFirst().evidence())
        .allMatch(each -> each.received().equals(now.wall().minusMillis(500)));
    long ticket = takes(then).getFirst().ticket();
    assertThat(acks(on(new SessionInput.Answered(ticket, new Receipt.Safe()))))
        .containsExactly(new CoordinatorFrame.Ack(BOOT, 0, 1));
  }

  @Test
  void whatNobodyAssignedIsThrownAwayOnceThatIsSure() {
    on(saw(0, "gone"));
    assertThat(
            acks(after(Rules.USUAL.doubt().toMillis() - 1, new SessionInput.Tick(false, 1, true))))
        .isEmpty();
    assertThat(acks(after(1, new SessionInput.Tick(false, 1, true))))
        .containsExactly(new CoordinatorFrame.Ack(BOOT, 0, 0));
    // From here on the probe has nothing that this member did not assign.
    List<SessionEffect> later = on(saw(1, "gone"));
    assertThat(acks(later)).containsExactly(new CoordinatorFrame.Ack(BOOT, 1, 1));
    assertThat(later).contains(new SessionEffect.Count(SessionEffect.What.NOT_ASSIGNED, 1));
  }

  @Test
  void whoKnowsThatItIsLateLeavesItToTheOneThatLeads() {
    on(saw(0, "new"));
    List<SessionEffect> late = after(250, new SessionInput.Tick(true, 1, true));
    assertThat(taken(late)).containsExactly("new");
    assertThat(acks(late)).isEmpty();
    after(10_000, new SessionInput.Tick(true, 1, true));
    assertThat(taken(on(saw(1, "new")))).containsExactly("new");
  }

  @Test
  void whoHandsOverMoreThanIsHeldIsNotReadUntilItIsSure() {
    boolean reads = true;
    for (int frame = 0; frame < Rules.MAX_UNDER_WAY; frame++) {
      assertThat(reads).isTrue();
      reads = !on(saw(frame, "gone")).contains(new SessionEffect.Read(false));
    }
    assertThat(reads).isFalse();
    List<SessionEffect> sure =
        after(Rules.USUAL.doubt().toMillis(), new SessionInput.Tick(false, 1, true));
    assertThat(sure).contains(new SessionEffect.Read(true));
    assertThat(acks(sure)).hasSize(Rules.MAX_UNDER_WAY);
  }
}
