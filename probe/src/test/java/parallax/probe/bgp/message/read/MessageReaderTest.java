package parallax.probe.bgp.message.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.bgp.message.Announcement;
import parallax.probe.bgp.message.BgpMessage;
import parallax.probe.bgp.message.BgpMessage.Notification;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.BgpMessage.RouteRefresh;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Capabilities;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Family;
import parallax.probe.bgp.message.MessageContext;
import parallax.probe.bgp.message.MessageWriter;
import parallax.probe.bgp.route.PathAttributes;

final class MessageReaderTest {
  private static final MessageContext FOUR_BYTES = new MessageContext(true, false, false, false);
  private static final MessageContext TWO_BYTES = new MessageContext(false, false, false, false);
  private static final MessageContext PATHS = new MessageContext(true, true, true, true);

  @Test
  void routesOfBothFamiliesComeWithTheirOwnNextHop() {
    String attributes =
        Wire.ORIGIN + Wire.PATH + Wire.NEXT_HOP + Wire.REACH_IPV6 + "80 0f 07 0002 01 18 20010d";
    Update update = update(Wire.update("08 0a", attributes, Wire.PREFIXES), FOUR_BYTES);
    assertThat(update.withdrawn())
        .extracting(route -> route.prefix().toString())
        .containsExactly("10.0.0.0/8", "2001:d00::/24");
    assertThat(update.announced())
        .extracting(MessageReaderTest::text)
        .containsExactly(
            "65001 65002 via 192.0.2.1: 192.0.2.0/24 198.51.100.0/25",
            "65001 65002 via 2001:db8::1: 2001:db8::/32");
  }

  private static String text(Announcement announcement) {
    PathAttributes attributes = announcement.attributes();
    return attributes.path()
        + " via "
        + attributes.nextHop().orElseThrow()
        + ": "
        + String.join(" ", announcement.routes().stream().map(r -> r.prefix().toString()).toList());
  }

  @Test
  void theGlobalNextHopIsTakenWhereThereAreTwo() {
    String reach =
        "80 0e 2a 0002 01 20 20010db8000000000000000000000001 fe800000000000000000000000000001"
            + " 00 20 20010db8";
    Update update = update(Wire.update("", Wire.ORIGIN + Wire.PATH + reach, ""), FOUR_BYTES);
    assertThat(update.announced().getFirst().attributes().nextHop().orElseThrow())
        .hasToString("2001:db8::1");
  }

  @Test
  void bitsAfterThePrefixAreCleared() {
    Update update =
        update(Wire.update("09 0aff", Wire.ORIGIN + Wire.PATH + Wire.NEXT_HOP, "00"), FOUR_BYTES);
    assertThat(update.withdrawn().getFirst().prefix()).hasToString("10.128.0.0/9");
    assertThat(update.announced().getFirst().routes().getFirst().prefix()).hasToString("0.0.0.0/0");
  }

  @Test
  void pathIdentifiersAreReadWhereBothSidesAgreed() {
    Update update =
        update(
            Wire.update(
                "00000007 08 0a", Wire.ORIGIN + Wire.PATH + Wire.NEXT_HOP, "ffffffff 18 c00002"),
            PATHS);
    assertThat(update.withdrawn().getFirst().pathId()).isEqualTo(7);
    assertThat(update.announced().getFirst().routes().getFirst().pathId()).isEqualTo(0xffff_ffffL);
  }

  @ParameterizedTest(name = "{0} + {1} = {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0203 0001 5ba0 5ba0      | 0202 00030d40 00030d41           | 1 200000 200001
          0203 0001 5ba0 5ba0      | 0203 00000001 00030d40 00030d41  | 1 200000 200001
          0202 5ba0 5ba0           | 0203 00000001 00030d40 00030d41  | 23456 23456
          0201 0001 0102 5ba0 0002 | 0102 00030d40 00000002           | 1 {200000,2}
          0301 fde8 0202 0001 5ba0 | 0201 00030d40                    | (65000) 1 200000
          0202 0001 5ba0           | 0301 0000fde8 0201 00030d40      | 1 200000
          0401 fde8 0201 0001      |                                  | [65000] 1
          """)
  void numbersOfFourBytesAreMergedIntoAPathOfTwo(String two, String four, String merged) {
    String attributes = Wire.ORIGIN + attribute("4002", two) + Wire.NEXT_HOP;
    String all = four == null ? attributes : attributes + attribute("c011", four);
    Update update = update(Wire.update("", all, Wire.PREFIXES), TWO_BYTES);
    assertThat(update.announced().getFirst().attributes().path()).hasToString(merged);
  }

  private static String attribute(String header, String value) {
    return header + "%02x".formatted(Wire.bytes(value).length) + value;
  }

  @Test
  void numbersOfFourBytesAreStaleWhereTheAggregatorHasTwo() {
    String attributes =
        Wire.ORIGIN
            + attribute("4002", "0202 0001 5ba0")
            + Wire.NEXT_HOP
            + attribute("c007", "0009 c0000209")
            + attribute("c011", "0202 00000001 00030d40")
            + attribute("c012", "00030d40 c0000201");
    PathAttributes read =
        update(Wire.update("", attributes, Wire.PREFIXES), TWO_BYTES)
            .announced()
            .getFirst()
            .attributes();
    assertThat(read.path()).hasToString("1 23456");
    assertThat(read.preference().aggregator().orElseThrow().asn()).isEqualTo(9);
  }

  @Test
  void allKindsOfCommunitiesAreRead() {
    String attributes =
        Wire.ORIGIN
            + Wire.PATH
            + Wire.NEXT_HOP
            + attribute("c008", "ffff029a 00010002")
            + attribute("c010", "0002 0064 00000001 0203 00030d40 0001 030c000000000008")
            + attribute("c020", "00030d40 00000001 ffffffff")
            + attribute("c023", "00030d40");
    PathAttributes read =
        update(Wire.update("", attributes, Wire.PREFIXES), FOUR_BYTES)
            .announced()
            .getFirst()
            .attributes();
    assertThat(read.communities())
        .isEqualTo(
            List.of(
                "65535:666",
                "1:2",
                "rt:100:1",
                "ro:200000:1",
                "0x030c000000000008",
                "200000:1:4294967295"));
    assertThat(read.onlyToCustomer()).contains(200_000L);
  }

  @Test
  void otherFamiliesAreSkippedAndCounted() {
    String vpn = "80 0e 05 0001 80 00 00";
    Update update = update(Wire.update("", Wire.ORIGIN + Wire.PATH + vpn, ""), FOUR_BYTES);
    assertThat(update).isEqualTo(new Update(List.of(), List.of(), Optional.empty(), 1));
  }

  @Test
  void theEndOfATableIsSeenInEachFamily() {
    assertThat(update(Wire.update("", "", ""), FOUR_BYTES).endOfTable()).contains(Family.IPV4);
    assertThat(update(Wire.update("", "80 0f 03 0002 01", ""), FOUR_BYTES).endOfTable())
        .contains(Family.IPV6);
    assertThat(update(Wire.update("08 0a", "", ""), FOUR_BYTES).endOfTable()).isEmpty();
  }

  @Test
  void whatAListenerSaysIsUnderstood() {
    Open open = new Open(4_200_000_000L, 180, 0x0a000001, Capabilities.ofListener(4_200_000_000L));
    assertThat(read(MessageWriter.open(open), FOUR_BYTES))
        .isEqualTo(new Decoded.Understood(open, List.of()));
    assertThat(read(MessageWriter.keepAlive(), FOUR_BYTES))
        .isEqualTo(new Decoded.Understood(new BgpMessage.KeepAlive(), List.of()));
    assertThat(read(MessageWriter.notification(6, 2), FOUR_BYTES))
        .isEqualTo(new Decoded.Understood(new Notification(6, 2, Optional.empty()), List.of()));
  }

  @Test
  void twoSpeakersAgreeOnWhatBothCan() {
    Capabilities sender =
        new Capabilities(
            Set.of(Family.IPV4),
            Optional.empty(),
            Set.of(Family.IPV4),
            Set.of(),
            true,
            true,
            Optional.of(120));
    Open from = new Open(65_001, 90, 1, sender);
    Open to = new Open(65_002, 90, 2, Capabilities.ofListener(65_002));
    assertThat(MessageContext.negotiated(from, to))
        .isEqualTo(new MessageContext(false, true, false, true));
    assertThat(MessageContext.negotiated(to, from))
        .isEqualTo(new MessageContext(false, false, false, true));
  }

  @Test
  void theWordsOfAShutdownAreShownWithoutControlCharacters() {
    byte[] body = Wire.bytes("06 02 05 62 79 65 1b 21");
    assertThat(read(Wire.message(3, body), FOUR_BYTES))
        .isEqualTo(
            new Decoded.Understood(new Notification(6, 2, Optional.of("bye\ufffd!")), List.of()));
  }

  @Test
  void aRefreshIsRead() {
    assertThat(read(Wire.message(5, Wire.bytes("0002 00 01")), FOUR_BYTES))
        .isEqualTo(new Decoded.Understood(new RouteRefresh(2, 0, 1), List.of()));
  }

  @ParameterizedTest(name = "type {0}, {1} bytes, extended {2}: {3}")
  @CsvSource({
    "2, 4096, false, true",
    "2, 4097, false, false",
    "2, 65535, true, true",
    "1, 4097, true, false",
    "4, 4097, true, false",
    "9, 19, true, false"
  })
  void longMessagesNeedAnAgreementAndSomeAreNeverLong(
      int type, int length, boolean extended, boolean fine) {
    byte[] body = new byte[length - BgpMessage.HEADER_BYTES];
    if (type == 2 && body.length > 4) {
      // One withdrawn default route after the other.
      int count = body.length - 4;
      body[0] = (byte) (count >> 8);
      body[1] = (byte) count;
    }
    MessageContext context = new MessageContext(true, false, false, extended);
    assertThat(read(Wire.message(type, body), context) instanceof Decoded.Understood)
        .isEqualTo(fine);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version 3                | 03 fde9 00b4 0a000001 00
          hold time of 2 seconds   | 04 fde9 0002 0a000001 00
          cut off                  | 04 fde9 00b4 0a00
          parameters cut off       | 04 fde9 00b4 0a000001 04 02 06 0104
          capability cut off       | 04 fde9 00b4 0a000001 04 02 02 0104
          """)
  void anOpenThatCannotBeIsBroken(String name, String body) {
    assertThat(read(Wire.message(1, Wire.bytes(body)), FOUR_BYTES))
        .isInstanceOf(Decoded.Broken.class);
  }

  @Test
  void anOpenMayHaveLongParameters() {
    byte[] body = Wire.bytes("04 5ba0 00b4 0a000001 ff ff 0009 02 0006 41 04 00030d40");
    Open open = (Open) ((Decoded.Understood) read(Wire.message(1, body), FOUR_BYTES)).message();
    assertThat(open.asn()).isEqualTo(200_000);
  }

  private static Decoded read(byte[] bytes, MessageContext context) {
    return MessageReader.read(bytes, 0, bytes.length, context);
  }

  private static Update update(byte[] bytes, MessageContext context) {
    return (Update) ((Decoded.Understood) read(bytes, context)).message();
  }
}
