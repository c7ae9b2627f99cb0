package parallax.probe.bgp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.Notification;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.Capabilities;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.MessageWriter;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.session.SessionMachine.Step;
import parallax.probe.bgp.session.SessionState.Phase;

/**
 * Neighbours that send what they like, as fast or slow as they like, on virtual time. Whatever they
 * do: the session ends within its bounds, once, with a reason; nothing but OPEN, KEEPALIVE and
 * NOTIFICATION is sent; routes are told only between its beginning and its end.
 */
final class HostileNeighboursTest {
  private static final int NEIGHBOURS = Integer.getInteger("parallax.neighbours", 20_000);
  private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
  private static final long THEIRS = 64_501;
  private static final SessionSettings SETTINGS = new SessionSettings(64_999, 9);
  private static final int MAX_STEPS = 4_000;

  private static final byte[] OPEN =
      MessageWriter.open(new Open(THEIRS, 90, 1, Capabilities.ofListener(THEIRS)));
  private static final byte[] KEEP_ALIVE = MessageWriter.keepAlive();
  private static final byte[] END_OF_TABLE = message(2, new byte[4]);
  private static final byte[] WITHDRAWAL =
      message(2, new byte[] {0, 4, 24, (byte) 203, 0, 113, 0, 0});

  /** One neighbour and what became of it. */
  private static final class Talk {
    private final SessionMachine machine =
        new SessionMachine(SETTINGS, new Peer("bgp", "192.0.2.1", THEIRS));
    private final MessageFrames frames = new MessageFrames();
    private final List<SessionEffect> effects = new ArrayList<>();
    private Instant now = START;
    private SessionState state;

    Talk() {
      Step first = machine.begin(now);
      state = first.state();
      effects.addAll(first.effects());
    }

    void send(byte[] bytes) {
      frames.put(bytes, bytes.length);
      Optional<Decoded> next = frames.next(state.context());
      while (next.isPresent() && state.phase() != Phase.ENDED) {
        step(new SessionInput.Came(next.get()));
        next = state.phase() == Phase.ENDED ? Optional.empty() : frames.next(state.context());
      }
    }

    void pass(Duration time) {
      now = now.plus(time);
      step(new SessionInput.Tick());
    }

    private void step(SessionInput input) {
      Step step = machine.step(state, input, now);
      state = step.state();
      effects.addAll(step.effects());
    }

    List<SessionEffect> notifications() {
      return effects.stream()
          .filter(effect -> effect instanceof SessionEffect.Send(Notification _))
          .toList();
    }
  }

  @Test
  void whateverANeighbourDoesTheSessionKeepsItsRules() {
    for (int seed = 0; seed < NEIGHBOURS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Talk talk = new Talk();
      try {
        int steps = 0;
        while (talk.state.phase() != Phase.ENDED && steps < 40) {
          talk.send(bytes(random));
          talk.pass(Duration.ofMillis(random.nextInt(20_000)));
          steps++;
        }
        // Silence ends it in any case.
        talk.pass(SETTINGS.holdTime().plusSeconds(1));
        judge(talk);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void judge(Talk talk) {
    assertThat(talk.state.phase()).isEqualTo(Phase.ENDED);
    assertThat(talk.effects.getLast()).isInstanceOf(SessionEffect.Close.class);
    int ups = 0;
    int downs = 0;
    int closes = 0;
    for (SessionEffect effect : talk.effects) {
      switch (effect) {
        case SessionEffect.Send(BgpMessage message) ->
            assertThat(message)
                .isNotInstanceOfAny(BgpMessage.Update.class, BgpMessage.RouteRefresh.class);
        case SessionEffect.Tell(RouteEvent.PeerUp _) -> ups++;
        case SessionEffect.Tell(RouteEvent.PeerDown _) -> downs++;
        case SessionEffect.Tell _ -> assertThat(ups - downs).isEqualTo(1);
        case SessionEffect.Close _ -> closes++;
        case SessionEffect.Alive _, SessionEffect.Faulty _ -> {}
      }
    }
    assertThat(closes).isEqualTo(1);
    assertThat(ups).isEqualTo(downs).isLessThanOrEqualTo(1);
    assertThat(talk.notifications().size()).isLessThanOrEqualTo(1);
  }

  private static byte[] bytes(SplittableRandom random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int parts = 1 + random.nextInt(4);
    for (int part = 0; part < parts; part++) {
      byte[] whole =
          switch (random.nextInt(8)) {
            case 0, 1, 2 -> OPEN;
            case 3, 4 -> KEEP_ALIVE;
            case 5 -> WITHDRAWAL;
            case 6 -> END_OF_TABLE;
            default -> MessageWriter.notification(6, 4);
          };
      byte[] sent = whole.clone();
      if (random.nextInt(12) == 0) {
        sent[random.nextInt(sent.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(12) == 0 ? random.nextInt(sent.length) : sent.length;
      out.writeBytes(Arrays.copyOf(sent, length));
    }
    return out.toByteArray();
  }

  @Test
  void aWrongMarkerEndsIt() {
    byte[] wrong = KEEP_ALIVE.clone();
    wrong[7] = 0;
    assertThat(after(OPEN, wrong).notifications()).containsExactly(notified(1, 1));
  }

  @Test
  void anImpossibleLengthEndsIt() {
    for (int length : List.of(0, 18, 4097, 65_535)) {
      byte[] wrong = OPEN.clone();
      ByteBuffer.wrap(wrong).putShort(16, (short) length);
      assertThat(after(wrong).notifications()).as("%d", length).containsExactly(notified(1, 2));
    }
  }

  @Test
  void aTypeThatDoesNotExistEndsIt() {
    assertThat(after(OPEN, KEEP_ALIVE, message(9, new byte[0])).notifications())
        .containsExactly(notified(1, 3));
  }

  @Test
  void holdTimesThatNobodyCanKeepEndIt() {
    for (int seconds : List.of(0, 1, 2)) {
      byte[] open = OPEN.clone();
      ByteBuffer.wrap(open).putShort(22, (short) seconds);
      assertThat(after(open).notifications()).as("%d s", seconds).containsExactly(notified(2, 6));
    }
  }

  @Test
  void anotherVersionEndsIt() {
    byte[] open = OPEN.clone();
    open[19] = 3;
    assertThat(after(open).notifications()).containsExactly(notified(2, 1));
  }

  @Test
  void anOpenThatNeverEndsIsCutOff() {
    Talk talk = new Talk();
    byte[] endless = OPEN.clone();
    ByteBuffer.wrap(endless).putShort(16, (short) 4096);
    talk.send(endless);
    Instant end = drip(talk, new byte[] {2, 0});
    assertThat(Duration.between(START, end)).isEqualTo(SETTINGS.openTime());
    assertThat(talk.notifications()).containsExactly(notified(4, 0));
  }

  @Test
  void anUpdateThatDripsIsNoSignOfLife() {
    Talk talk = after(OPEN, KEEP_ALIVE);
    byte[] endless = WITHDRAWAL.clone();
    ByteBuffer.wrap(endless).putShort(16, (short) 4096);
    talk.send(endless);
    Instant end = drip(talk, new byte[] {0});
    assertThat(Duration.between(START, end)).isEqualTo(SETTINGS.holdTime());
    assertThat(talk.notifications()).containsExactly(notified(4, 0));
  }

  /** Sends the same again and again, every second, to the end of the session. */
  private static Instant drip(Talk talk, byte[] bytes) {
    int steps = 0;
    while (talk.state.phase() != Phase.ENDED && steps < MAX_STEPS) {
      talk.send(bytes);
      talk.pass(Duration.ofSeconds(1));
      steps++;
    }
    return talk.now;
  }

  private static Talk after(byte[]... messages) {
    Talk talk = new Talk();
    for (byte[] message : messages) {
      talk.send(message);
    }
    return talk;
  }

  private static SessionEffect notified(int code, int subcode) {
    return new SessionEffect.Send(new Notification(code, subcode, Optional.empty()));
  }

  private static byte[] message(int type, byte[] body) {
    byte[] message = Arrays.copyOf(KEEP_ALIVE, BgpMessage.HEADER_BYTES + body.length);
    System.arraycopy(body, 0, message, BgpMessage.HEADER_BYTES, body.length);
    ByteBuffer.wrap(message).putShort(16, (short) message.length);
    message[18] = (byte) type;
    return message;
  }
}
