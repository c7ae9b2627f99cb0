package parallax.probe.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.KeepAlive;
import parallax.probe.bgp.message.BgpMessage.Notification;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.BgpMessage.RouteRefresh;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Capabilities;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.Fault;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.Route;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.session.SessionMachine.Step;
import parallax.probe.bgp.session.SessionState.Phase;
import parallax.probe.net.Cidr;

final class SessionMachineTest {
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final long THEIRS = 64_501;
  private static final long OURS = 64_999;
  private static final Peer PEER = new Peer("bgp", "192.0.2.1", THEIRS);
  private static final SessionSettings SETTINGS = new SessionSettings(OURS, 9);
  private static final Update GONE =
      new Update(
          List.of(new Route(Cidr.parse("203.0.113.0/24"), 0)), List.of(), Optional.empty(), 0);

  private final SessionMachine machine = new SessionMachine(SETTINGS, PEER);
  private final List<SessionEffect> effects = new ArrayList<>();
  private Instant now = START;
  private SessionState state = start();

  private SessionState start() {
    Step first = machine.begin(START);
    effects.addAll(first.effects());
    return first.state();
  }

  @Test
  void aSessionComesUpAndTellsWhatComes() {
    comeUp();
    assertThat(effects)
        .containsExactly(
            new SessionEffect.Send(SETTINGS.open()),
            new SessionEffect.Send(new KeepAlive()),
            new SessionEffect.Tell(
                new RouteEvent.PeerUp(START, PEER, new RouteEvent.Transition(5, 6))));
    effects.clear();
    came(GONE);
    assertThat(effects)
        .containsExactly(
            new SessionEffect.Tell(
                new RouteEvent.Withdrawn(START, PEER, GONE.withdrawn().getFirst().prefix(), 0)));
  }

  @Test
  void allThatALearnerCanDoIsOfferedAndOnlyWhatTheNeighbourCanIsUsed() {
    Open ours = SETTINGS.open();
    assertThat(ours.capabilities().families()).containsExactlyInAnyOrder(Family.values());
    assertThat(ours.capabilities().receivesPaths()).containsExactlyInAnyOrder(Family.values());
    assertThat(ours.capabilities().sendsPaths()).isEmpty();
    came(open(THEIRS, 180, 1));
    assertThat(state.context()).isEqualTo(new MessageContext(true, false, false, false));
  }

  @Test
  void theShorterHoldTimeCounts() {
    came(open(THEIRS, 30, 1));
    assertThat(state.holdTime()).isEqualTo(Duration.ofSeconds(30));
    came(new KeepAlive());
    effects.clear();
    pass(Duration.ofSeconds(10));
    assertThat(effects).containsExactly(new SessionEffect.Send(new KeepAlive()));
    effects.clear();
    pass(Duration.ofSeconds(20));
    assertThat(effects).contains(notified(4, 0));
    assertThat(state.phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void whoeverSaysAnythingStays() {
    comeUp();
    for (int round = 0; round < 10; round++) {
      pass(Duration.ofSeconds(80));
      came(round % 2 == 0 ? new KeepAlive() : GONE);
    }
    assertThat(state.phase()).isEqualTo(Phase.ESTABLISHED);
  }

  @Test
  void silenceEndsTheSessionAndTellsThatItIsDown() {
    comeUp();
    effects.clear();
    pass(Duration.ofSeconds(90));
    assertThat(effects)
        .containsExactly(
            notified(4, 0),
            new SessionEffect.Tell(
                new RouteEvent.PeerDown(now, PEER, new RouteEvent.Transition(6, 1))),
            new SessionEffect.Close("nothing was heard for the hold time"));
  }

  @Test
  void theTimeInWhichWeDidNotReadIsNotTheNeighboursSilence() {
    comeUp();
    step(new SessionInput.HeldUp(Duration.ofSeconds(60)));
    pass(Duration.ofSeconds(140));
    assertThat(state.phase()).isEqualTo(Phase.ESTABLISHED);
    pass(Duration.ofSeconds(10));
    assertThat(state.phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void aRequestForOurRoutesIsAnsweredWithSilence() {
    comeUp();
    effects.clear();
    came(new RouteRefresh(1, 0, 1));
    assertThat(effects).isEmpty();
    assertThat(state.phase()).isEqualTo(Phase.ESTABLISHED);
  }

  @Test
  void anotherSystemIsRefused() {
    came(open(THEIRS + 1, 90, 1));
    assertRefused(2, 2);
  }

  @Test
  void noIdentifierIsRefused() {
    came(open(THEIRS, 90, 0));
    assertRefused(2, 3);
  }

  @Test
  void ourOwnIdentifierInOurOwnSystemIsRefused() {
    SessionMachine inside = new SessionMachine(SETTINGS, new Peer("bgp", "192.0.2.1", OURS));
    Step step =
        inside.step(
            inside.begin(now).state(), new SessionInput.Came(understood(open(OURS, 90, 9))), now);
    assertThat(step.effects()).contains(notified(2, 3));
    came(open(THEIRS, 90, 9));
    assertThat(state.phase()).isEqualTo(Phase.OPEN_CONFIRM);
  }

  @Test
  void aHoldTimeOfNoneIsRefused() {
    came(open(THEIRS, 0, 1));
    assertRefused(2, 6);
  }

  @Test
  void messagesThatAreNotDueAreRefusedEachInItsState() {
    came(new KeepAlive());
    assertRefused(5, 1);
    state = start();
    came(open(THEIRS, 90, 1));
    came(GONE);
    assertRefused(5, 2);
    state = start();
    comeUp();
    came(open(THEIRS, 90, 1));
    assertRefused(5, 3);
  }

  @Test
  void whatCannotBeReadIsRefusedWithItsCode() {
    comeUp();
    step(
        new SessionInput.Came(
            new Decoded.Broken(new Fault.SessionReset(3, 1, "attribute 14 comes twice", 30))));
    assertThat(effects)
        .contains(
            new SessionEffect.Tell(
                new RouteEvent.PeerDown(now, PEER, new RouteEvent.Transition(6, 1))));
    assertRefused(3, 1);
  }

  @Test
  void milderFaultsAreCountedAndTheSessionStays() {
    comeUp();
    effects.clear();
    Fault fault = new Fault.TreatedAsWithdrawn("not an ORIGIN", 40);
    step(new SessionInput.Came(new Decoded.Understood(GONE, List.of(fault))));
    assertThat(effects).first().isEqualTo(new SessionEffect.Faulty("not an ORIGIN"));
    assertThat(state.phase()).isEqualTo(Phase.ESTABLISHED);
  }

  @Test
  void aNotificationIsNotAnswered() {
    comeUp();
    effects.clear();
    came(new Notification(6, 2, Optional.of("maintenance")));
    assertThat(effects)
        .hasSize(2)
        .contains(new SessionEffect.Close("the neighbour sent NOTIFICATION 6/2: maintenance"));
  }

  @Test
  void whenWeCloseItIsSaid() {
    comeUp();
    step(new SessionInput.Stop());
    assertRefused(6, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aSessionThatDoesNotComeUpInTimeIsRefused(int opened) {
    if (opened == 1) {
      came(open(THEIRS, 90, 1));
    }
    for (int second = 0; second < 29; second++) {
      pass(Duration.ofSeconds(1));
    }
    assertThat(state.phase()).isNotEqualTo(Phase.ENDED);
    pass(Duration.ofSeconds(1));
    assertRefused(4, 0);
  }

  @Test
  void afterTheEndNothingFollows() {
    step(new SessionInput.Lost("the connection was closed"));
    effects.clear();
    came(open(THEIRS, 90, 1));
    pass(Duration.ofDays(1));
    step(new SessionInput.Stop());
    assertThat(effects).isEmpty();
  }

  private void comeUp() {
    came(open(THEIRS, 90, 1));
    came(new KeepAlive());
    assertThat(state.phase()).isEqualTo(Phase.ESTABLISHED);
  }

  private static Open open(long asn, int holdSeconds, int identifier) {
    Capabilities can =
        new Capabilities(
            EnumSet.allOf(Family.class),
            Optional.of(asn),
            EnumSet.noneOf(Family.class),
            EnumSet.noneOf(Family.class),
            false,
            true,
            Optional.empty());
    return new Open(asn, holdSeconds, identifier, can);
  }

  private static Decoded understood(BgpMessage message) {
    return new Decoded.Understood(message, List.of());
  }

  private void came(BgpMessage message) {
    step(new SessionInput.Came(understood(message)));
  }

  private void pass(Duration time) {
    now = now.plus(time);
    step(new SessionInput.Tick());
  }

  private void step(SessionInput input) {
    Step step = machine.step(state, input, now);
    state = step.state();
    effects.addAll(step.effects());
  }

  private static SessionEffect notified(int code, int subcode) {
    return new SessionEffect.Send(new Notification(code, subcode, Optional.empty()));
  }

  private void assertRefused(int code, int subcode) {
    assertThat(effects).contains(notified(code, subcode));
    assertThat(effects.getLast()).isInstanceOf(SessionEffect.Close.class);
    assertThat(state.phase()).isEqualTo(Phase.ENDED);
    effects.clear();
  }
}
