package parallax.probe.bgp.rpki.rtr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.net.Cidr;

final class RtrSessionTest {
  private static final Instant NOW = Instant.parse("2026-11-20T00:00:00Z");
  private static final Cidr ROUTE = Cidr.parse("203.0.113.0/24");
  private static final RtrEffect.Ask ALL_ONE = new RtrEffect.Ask(1, new RtrPdu.ResetQuery());

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stayrtr.v0.server.rtr        | 15 | 0=1 3=2 4=9 6=1 7=2
          stayrtr.v1.server.rtr        | 15 | 0=1 3=2 4=9 6=1 7=2
          stayrtr.v1.client.rtr        | 2  | 1=1 2=1
          stayrtr.v1.nodata.server.rtr | 1  | 10=1
          """)
  void everyCaptureDecodesToItsCounts(String name, int messages, String counts) {
    for (int piece : new int[] {1, 7, 4_096}) {
      Map<Integer, Integer> byType = new TreeMap<>();
      RtrDecoder decoder = new RtrDecoder();
      List<RtrDecoder.Frame> frames = new ArrayList<>();
      byte[] bytes = capture(name);
      for (int at = 0; at < bytes.length; at += piece) {
        byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
        frames.addAll(decoder.take(part, part.length));
      }
      frames.forEach(frame -> byType.merge(frame.pdu().type(), 1, Integer::sum));
      assertThat(frames).hasSize(messages);
      assertThat(byType.toString().replaceAll("[{},]", "")).isEqualTo(counts);
      assertThat(decoder.fault()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anAnnouncementTurnsInvalidWithTheNewsOfTheCache(int version) {
    byte[] bytes = capture("stayrtr.v" + version + ".server.rtr");
    RtrSession session = new RtrSession(version, NOW);
    assertThat(session.opened(NOW))
        .containsExactly(new RtrEffect.Ask(version, new RtrPdu.ResetQuery()));
    int firstEnd = indexOfNotify(bytes);
    assertThat(session.received(bytes, firstEnd, NOW)).containsExactly(new RtrEffect.Changed());
    assertThat(session.payloads().map(VrpTable::size)).contains(8);
    assertThat(validity(session, 64511)).isEqualTo(Validity.VALID);
    byte[] rest = Arrays.copyOfRange(bytes, firstEnd, bytes.length);
    List<RtrEffect> effects = session.received(rest, rest.length, NOW.plusSeconds(5));
    int number = version == 1 ? 0xab6d : Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(2));
    assertThat(effects)
        .containsExactly(
            new RtrEffect.Ask(version, new RtrPdu.SerialQuery(number, 0)), new RtrEffect.Changed());
    assertThat(validity(session, 64511)).isEqualTo(Validity.INVALID);
    assertThat(validity(session, 64666)).isEqualTo(Validity.VALID);
  }

  @Test
  void aCacheWithoutDataIsAskedAgainLater() {
    RtrSession session = new RtrSession(1, NOW);
    session.opened(NOW);
    byte[] bytes = capture("stayrtr.v1.nodata.server.rtr");
    assertThat(session.received(bytes, bytes.length, NOW))
        .containsExactly(new RtrEffect.Close("the cache has no data yet"));
    assertThat(session.due()).isEqualTo(NOW.plusSeconds(600));
    session.closed(NOW);
    assertThat(session.due()).isEqualTo(NOW.plusSeconds(600));
  }

  @Test
  void anOlderCacheIsSpokenToInItsVersion() {
    RtrSession session = new RtrSession(1, NOW);
    session.opened(NOW);
    assertThat(give(session, error(0, 4))).containsExactly(new RtrEffect.Close("another version"));
    session.closed(NOW);
    assertThat(session.due()).isEqualTo(NOW);
    assertThat(session.opened(NOW)).containsExactly(new RtrEffect.Ask(0, new RtrPdu.ResetQuery()));
    assertThat(give(session, error(0, 4)))
        .containsExactly(new RtrEffect.Close("no version in common"));
    assertThat(session.due()).isAfter(NOW);
  }

  @Test
  void anOlderCacheMayAnswerAtOnceInItsVersion() {
    RtrSession session = new RtrSession(2, NOW);
    session.opened(NOW);
    byte[] bytes = capture("stayrtr.v0.server.rtr");
    session.received(bytes, indexOfNotify(bytes), NOW);
    assertThat(session.version()).isZero();
    assertThat(session.payloads()).isPresent();
  }

  @Test
  void payloadsOutliveTheConnectionUntilTheyExpire() {
    RtrSession session = filled();
    session.closed(NOW);
    Instant last = NOW.plus(Duration.ofHours(2));
    assertThat(session.tick(last.minusSeconds(1))).isEmpty();
    assertThat(session.payloads()).isPresent();
    assertThat(session.tick(last)).containsExactly(new RtrEffect.Changed());
    assertThat(session.payloads()).isEmpty();
    assertThat(session.opened(last)).containsExactly(ALL_ONE);
  }

  @Test
  void aCacheThatForgotIsAskedForEverythingWhileTheOldCounts() {
    RtrSession session = filled();
    session.tick(NOW.plusSeconds(3_600));
    assertThat(give(session, new byte[] {1, 8, 0, 0, 0, 0, 0, 8})).containsExactly(ALL_ONE);
    assertThat(session.payloads()).isPresent();
  }

  @Test
  void anotherSessionIsAskedForEverything() {
    RtrSession session = filled();
    session.tick(NOW.plusSeconds(3_600));
    assertThat(give(session, new byte[] {1, 3, 0, 1, 0, 0, 0, 8})).containsExactly(ALL_ONE);
  }

  @Test
  void aCacheThatFallsSilentInTheMiddleIsLeft() {
    RtrSession session = new RtrSession(1, NOW);
    session.opened(NOW);
    give(session, new byte[] {1, 3, 0, 1, 0, 0, 0, 8});
    assertThat(session.tick(NOW.plusSeconds(119))).isEmpty();
    assertThat(session.tick(NOW.plusSeconds(120)))
        .containsExactly(new RtrEffect.Close("no whole answer in time"));
  }

  @Test
  void whatIsTooLongIsRefusedBeforeItComes() {
    RtrDecoder decoder = new RtrDecoder();
    assertThat(decoder.take(new byte[] {1, 10, 0, 0, 0x7f, 0, 0, 0}, 8)).isEmpty();
    assertThat(decoder.fault()).isPresent();
    assertThat(decoder.take(new byte[100], 100)).isEmpty();
  }

  @Test
  void noMutantLetsAnExceptionEscape() {
    List<byte[]> captures =
        List.of(
            capture("stayrtr.v0.server.rtr"),
            capture("stayrtr.v1.server.rtr"),
            capture("stayrtr.v1.nodata.server.rtr"));
    Random random = new Random(11);
    int mutants = Integer.getInteger("parallax.mutants", 200_000);
    for (int round = 0; round < mutants; round++) {
      byte[] bytes = captures.get(random.nextInt(captures.size())).clone();
      for (int edit = 0; edit <= random.nextInt(4); edit++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      RtrSession session = new RtrSession(random.nextInt(3), NOW);
      session.opened(NOW);
      session.received(bytes, random.nextInt(bytes.length + 1), NOW);
      session.tick(NOW.plusSeconds(random.nextInt(10_000)));
      session.received(bytes, bytes.length, NOW.plusSeconds(1));
    }
  }

  private static RtrSession filled() {
    RtrSession session = new RtrSession(1, NOW);
    session.opened(NOW);
    byte[] bytes = capture("stayrtr.v1.server.rtr");
    session.received(bytes, indexOfNotify(bytes), NOW);
    return session;
  }

  private static List<RtrEffect> give(RtrSession session, byte[] bytes) {
    return session.received(bytes, bytes.length, NOW);
  }

  private static byte[] error(int version, int code) {
    return new byte[] {(byte) version, 10, 0, (byte) code, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0};
  }

  private static Validity validity(RtrSession session, long origin) {
    return session.payloads().orElseThrow().validity(ROUTE, Optional.of(origin));
  }

  /** Where the notice of news stands, type 0, after the answer to the first question. */
  private static int indexOfNotify(byte[] bytes) {
    int at = 0;
    while (bytes[at + 1] != 0) {
      at += ByteBuffer.wrap(bytes).getInt(at + 4);
    }
    return at;
  }

  private static byte[] capture(String name) {
    try (InputStream in = RtrSessionTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
