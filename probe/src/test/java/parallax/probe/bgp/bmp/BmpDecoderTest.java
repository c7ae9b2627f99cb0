package parallax.probe.bgp.bmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.bmp.BmpMessage.Damaged;
import parallax.probe.bgp.bmp.BmpMessage.DownReason;
import parallax.probe.bgp.bmp.BmpMessage.Information;
import parallax.probe.bgp.bmp.BmpMessage.Mirrored;
import parallax.probe.bgp.bmp.BmpMessage.Statistic;
import parallax.probe.bgp.bmp.PeerHeader.View;
import parallax.probe.bgp.message.BgpMessage.Notification;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Decoded.Understood;
import parallax.probe.bgp.message.MessageWriter;
import parallax.probe.net.IpAddress;

final class BmpDecoderTest {
  private static final int HEADER = 6;

  @ParameterizedTest
  @ValueSource(longs = {0, 5, BmpDecoder.MAX_BYTES + 1L, 0xffff_ffffL})
  void anImpossibleLengthEndsTheStreamWhereItStands(long length) {
    BmpDecoder decoder = decoder(message(4, ""), raw(3, length, 4));
    assertThat(decoder.next(UpdateContexts.UNKNOWN)).contains(new BmpMessage.Initiation(List.of()));
    assertThat(decoder.next(UpdateContexts.UNKNOWN)).isEmpty();
    assertThat(decoder.fault())
        .contains(new BmpDecoder.Fault("a message of " + length + " bytes", HEADER));
    byte[] more = message(4, "");
    decoder.put(more, more.length);
    assertThat(decoder.next(UpdateContexts.UNKNOWN)).isEmpty();
  }

  @Test
  void aDamagedMessageIsToldWithItsPlaceAndTheNextOneIsRead() {
    BmpDecoder decoder = decoder(message(4, "0002 0009 6162"), message(4, "0002 0002 6162"));
    assertThat(decoder.next(UpdateContexts.UNKNOWN))
        .contains(new Damaged(4, "a field is cut off", HEADER + 4));
    assertThat(decoder.next(UpdateContexts.UNKNOWN))
        .contains(
            new BmpMessage.Initiation(List.of(new Information(Information.SYSTEM_NAME, "ab"))));
    assertThat(decoder.fault()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, the header of a peer is cut off",
    "1, the header of a peer is cut off",
    "2, the header of a peer is cut off",
    "3, the header of a peer is cut off",
    "6, the header of a peer is cut off"
  })
  void aMessageOfHalfAPeerIsDamaged(int type, String reason) {
    assertThat(read(message(type, "00".repeat(41)))).isEqualTo(new Damaged(type, reason, HEADER));
  }

  @Test
  void aSessionWhoseFirstWordsCannotBeReadIsDamaged() {
    String link = "00".repeat(12) + "c0000209" + "00b3" + "c000";
    assertThat(read(message(3, peer(0, 0x00) + link + "ff".repeat(19))))
        .isEqualTo(new Damaged(3, "the OPEN that was sent cannot be read", HEADER + 42 + 20));
  }

  @Test
  void theHeaderOfAPeerIsReadWithAllItsFlags() {
    PeerHeader plain = header(peer(0, 0x00));
    assertThat(plain.view()).isEqualTo(View.PRE_POLICY);
    assertThat(plain.key().address()).isEqualTo(IpAddress.ipv4(0xc000_0201));
    assertThat(plain.asn()).isEqualTo(64_501);
    assertThat(plain.at()).contains(Instant.ofEpochSecond(1_700_000_000, 250_000_000));
    assertThat(header(peer(0, 0x40)).view()).isEqualTo(View.POST_POLICY);
    assertThat(header(peer(0, 0x10)).view()).isEqualTo(View.OUT_PRE_POLICY);
    assertThat(header(peer(0, 0x50)).view()).isEqualTo(View.OUT_POST_POLICY);
    assertThat(header(peer(0, 0x20)).legacyPaths()).isTrue();
    assertThat(header(peer(0, 0x80)).key().address().ipv6()).isTrue();
    PeerHeader own = header(peer(3, 0x80));
    assertThat(own.view()).isEqualTo(View.LOC_RIB);
    assertThat(own.filtered()).isTrue();
    assertThat(own.key().address().ipv6()).isFalse();
  }

  @Test
  void aTimeOfZeroIsNoTime() {
    String zero = peer(0, 0).substring(0, 2 * 34) + "00".repeat(8);
    assertThat(header(zero).at()).isEmpty();
  }

  @Test
  void statisticsAreReadBySizeAndOthersPassedOver() {
    String counters =
        "00000004"
            + "0001 0004 00000007"
            + "0007 0008 0000000100000000"
            + "0009 000b 0002 01 0000000000000005"
            + "ffff 0001 00";
    assertThat(read(message(1, peer(0, 0) + counters)))
        .isInstanceOfSatisfying(
            BmpMessage.StatisticsReport.class,
            report ->
                assertThat(report.statistics())
                    .containsExactly(
                        new Statistic(1, 0, 0, 7),
                        new Statistic(7, 0, 0, 1L << 32),
                        new Statistic(9, 2, 1, 5)));
  }

  @Test
  void theEndOfASessionSaysWhy() {
    String notification = HexFormat.of().formatHex(MessageWriter.notification(6, 4));
    assertThat(down("01" + notification))
        .matches(down -> down.reason() == DownReason.LOCAL_NOTIFICATION)
        .extracting(BmpMessage.PeerDown::notification)
        .isEqualTo(Optional.of(new Notification(6, 4, Optional.empty())));
    assertThat(down("02 0012"))
        .matches(down -> down.reason() == DownReason.LOCAL_EVENT && down.event() == 18);
    assertThat(down("03 00").reason()).isEqualTo(DownReason.REMOTE_NOTIFICATION);
    assertThat(down("04").reason()).isEqualTo(DownReason.REMOTE_SILENTLY);
    assertThat(down("05").reason()).isEqualTo(DownReason.NOT_MONITORED);
    assertThat(down("06 0003 0001 61").reason()).isEqualTo(DownReason.LOCAL_TABLE_CLOSED);
    assertThat(down("63").reason()).isEqualTo(DownReason.UNKNOWN);
  }

  @Test
  void theEndOfTheStreamSaysWhy() {
    assertThat(read(message(5, "0001 0002 0001 0000 0003 627965")))
        .isEqualTo(
            new BmpMessage.Termination(
                List.of(new Information(Information.TEXT, "bye")), Optional.of(1)));
  }

  @Test
  void textsAreKeptOnOneLineAndCut() {
    String long1 = HexFormat.of().formatHex("x".repeat(2000).getBytes(StandardCharsets.UTF_8));
    assertThat(read(message(4, "0000 0003 610a62" + "0001 07d0" + long1)))
        .isInstanceOfSatisfying(
            BmpMessage.Initiation.class,
            initiation -> {
              assertThat(initiation.information().getFirst().text()).isEqualTo("a\ufffdb");
              assertThat(initiation.information().getLast().text()).hasSize(1024);
            });
  }

  @Test
  void mirroredMessagesAreReadAndTroubleIsTold() {
    String keepAlive = HexFormat.of().formatHex(MessageWriter.keepAlive());
    assertThat(read(message(6, peer(0, 0) + "0000 0013" + keepAlive + "0001 0002 0001")))
        .isInstanceOfSatisfying(
            BmpMessage.RouteMirroring.class,
            mirroring ->
                assertThat(mirroring.mirrored())
                    .hasSize(2)
                    .contains(new Mirrored.Trouble(Mirrored.Trouble.MESSAGES_LOST)));
  }

  @Test
  void aTypeThatIsNotKnownIsPassedOver() {
    assertThat(read(message(200, "0102"))).isEqualTo(new BmpMessage.Unknown(200));
  }

  @Test
  void pathIdentifiersThatNobodySpokeOfAreSeen() {
    String attributes = "40010100" + "400206020100 00fbf5".replace(" ", "") + "400304c0000201";
    String nlri = "00000001" + "18cb0071" + "00000002" + "18c63364";
    byte[] update = update(attributes, nlri);
    BmpMessage message = read(message(0, peer(3, 0) + HexFormat.of().formatHex(update)));
    assertThat(message)
        .isInstanceOfSatisfying(
            BmpMessage.RouteMonitoring.class,
            routes ->
                assertThat(routes.update())
                    .isInstanceOfSatisfying(
                        Understood.class,
                        understood ->
                            assertThat(((Update) understood.message()).announced())
                                .singleElement()
                                .asString()
                                .contains("203.0.113.0/24", "pathId=1", "pathId=2")));
  }

  private static byte[] update(String attributes, String nlri) {
    byte[] ways = HexFormat.of().parseHex(attributes);
    byte[] routes = HexFormat.of().parseHex(nlri);
    byte[] update = Arrays.copyOf(MessageWriter.keepAlive(), 19 + 4 + ways.length + routes.length);
    ByteBuffer buffer = ByteBuffer.wrap(update);
    buffer.position(16).putShort((short) update.length).put((byte) 2).putShort((short) 0);
    buffer.putShort((short) ways.length).put(ways).put(routes);
    return update;
  }

  private static BmpMessage.PeerDown down(String body) {
    return (BmpMessage.PeerDown) read(message(2, peer(0, 0) + body));
  }

  private static PeerHeader header(String peer) {
    return ((BmpMessage.PeerDown) read(message(2, peer + "04"))).peer();
  }

  /** The header of 192.0.2.1, AS64501, in 2023. */
  private static String peer(int type, int flags) {
    return HexFormat.of().toHexDigits((byte) type)
        + HexFormat.of().toHexDigits((byte) flags)
        + "00".repeat(8)
        + "00".repeat(12)
        + "c0000201"
        + "0000fbf5"
        + "c0000201"
        + "6553f100"
        + "0003d090";
  }

  private static BmpMessage read(byte[] message) {
    return decoder(message).next(UpdateContexts.UNKNOWN).orElseThrow();
  }

  private static BmpDecoder decoder(byte[]... messages) {
    BmpDecoder decoder = new BmpDecoder();
    for (byte[] message : messages) {
      decoder.put(message, message.length);
    }
    return decoder;
  }

  private static byte[] message(int type, String body) {
    byte[] bytes = HexFormat.of().parseHex(body.replace(" ", ""));
    byte[] message = Arrays.copyOf(raw(3, HEADER + bytes.length, type), HEADER + bytes.length);
    System.arraycopy(bytes, 0, message, HEADER, bytes.length);
    return message;
  }

  private static byte[] raw(int version, long length, int type) {
    return ByteBuffer.allocate(HEADER)
        .put((byte) version)
        .putInt((int) length)
        .put((byte) type)
        .array();
  }
}
