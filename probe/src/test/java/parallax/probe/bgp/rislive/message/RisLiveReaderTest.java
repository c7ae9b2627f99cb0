package parallax.probe.bgp.rislive.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Heard;
import parallax.probe.bgp.rislive.message.RisLiveMessage.Malformed;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.PathAttributes.Aggregator;
import parallax.probe.bgp.route.PathAttributes.Origin;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent.Announced;
import parallax.probe.bgp.route.RouteEvent.EndOfTable;
import parallax.probe.bgp.route.RouteEvent.PeerDown;
import parallax.probe.bgp.route.RouteEvent.PeerUp;
import parallax.probe.bgp.route.RouteEvent.Withdrawn;
import parallax.probe.net.Cidr;
import parallax.probe.net.IpAddress;

final class RisLiveReaderTest {
  private static final Instant AT = Instant.parse("2021-10-04T15:37:04.410173Z");
  private static final Peer PEER = new Peer("rrc21", "2001:db8::7", 4_200_000_000L);
  private static final String MARKER = "F".repeat(32);

  /** A message of the service with what follows its head. */
  private static String message(String rest) {
    return "{\"type\":\"ris_message\",\"data\":{\"timestamp\":1633361824.410173,"
        + "\"peer\":\"2001:db8:0:0:0:0:0:7\",\"peer_asn\":\"4200000000\",\"id\":\"x\","
        + "\"host\":\"rrc21.ripe.net\","
        + rest
        + "}}";
  }

  private static Heard heard(String rest) {
    RisLiveMessage read = RisLiveReader.read(message(rest));
    assertThat(read).isInstanceOf(Heard.class);
    return (Heard) read;
  }

  private static IpAddress address(String text) {
    return AddressReader.address(text).orElseThrow();
  }

  @Test
  void messagesOf2019AreReadEachForWhatItIs() {
    List<RisLiveMessage> read = Frames.of2019().stream().map(RisLiveReader::read).toList();
    assertThat(read).hasSize(7);
    Heard update = (Heard) read.getFirst();
    assertThat(update.peer()).isEqualTo(new Peer("rrc00", "72.22.223.9", 11708));
    assertThat(update.at()).isEqualTo("2019-03-26T19:19:47.890Z");
    Announced route = (Announced) update.events().getFirst();
    assertThat(update.events()).hasSize(1);
    assertThat(route.prefix()).isEqualTo(Cidr.parse("45.161.192.0/23"));
    assertThat(route.attributes().path())
        .hasToString(
            "11708 32097 1299 52320 263009 263009 263009 263009 263009 52993 268481 268481");
    assertThat(route.attributes().nextHop()).contains(address("72.22.223.9"));
    Heard down = (Heard) read.get(1);
    assertThat(down.events())
        .containsExactly(new PeerDown(down.at(), new Peer("rrc01", "195.66.224.59", 24931)));
    assertThat(read.get(2)).isEqualTo(new RisLiveMessage.Refused("this is a test error message"));
    for (RisLiveMessage other : read.subList(3, 6)) {
      assertThat(((Heard) other).events()).isEmpty();
      assertThat(((Heard) other).passedOver()).isZero();
    }
    // Its last brace is missing.
    assertThat(read.getLast()).isInstanceOf(Malformed.class);
  }

  @Test
  void oldAndNewNamesOfACollectorAreOneAndAddressesAreInTheirShortestForm() {
    Heard now = heard("\"type\":\"RIS_PEER_STATE\",\"state\":\"up\"");
    assertThat(now.events()).containsExactly(new PeerUp(AT, PEER));
    String old = message("\"type\":\"RIS_PEER_STATE\",\"state\":\"up\"").replace(".ripe.net", "");
    assertThat(RisLiveReader.read(old)).isEqualTo(now);
  }

  @Test
  void aConnectionWithoutASessionSaysNothingOfRoutes() {
    Heard connected = heard("\"type\":\"RIS_PEER_STATE\",\"state\":\"connected\"");
    assertThat(connected.events()).isEmpty();
    assertThat(connected.peer()).isEqualTo(PEER);
  }

  @ParameterizedTest
  @CsvSource({
    "1633361824.41, 2021-10-04T15:37:04.410Z",
    "1633361824.410173, 2021-10-04T15:37:04.410173Z",
    "1633361824.999999, 2021-10-04T15:37:04.999999Z",
    "1633361824.0000001239, 2021-10-04T15:37:04.000000123Z",
    "1633361824, 2021-10-04T15:37:04Z",
    "0.5, 1970-01-01T00:00:00.500Z"
  })
  void timesAreExact(String number, Instant expected) {
    String frame = message("\"type\":\"KEEPALIVE\"").replace("1633361824.410173", number);
    assertThat(((Heard) RisLiveReader.read(frame)).at()).isEqualTo(expected);
  }

  @Test
  void anIpv6RouteThatIsToldTwiceIsOneWithItsGlobalNextHop() {
    String reach = "{\"next_hop\":\"%s\",\"prefixes\":[\"2605:de00:bb:0:0:0:0:0/48\"]}";
    String global = reach.formatted("2001:db8::1");
    String local = reach.formatted("fe80::1");
    for (String both : List.of(global + "," + local, local + "," + global)) {
      Heard update = heard("\"type\":\"UPDATE\",\"path\":[1,2],\"announcements\":[" + both + "]");
      assertThat(update.events()).hasSize(1);
      Announced route = (Announced) update.events().getFirst();
      assertThat(route.prefix()).isEqualTo(Cidr.parse("2605:de00:bb::/48"));
      assertThat(route.attributes().nextHop()).contains(address("2001:db8::1"));
    }
    Heard joined =
        heard("\"path\":[1,2],\"announcements\":[" + reach.formatted("fe80::1,2001:db8::1") + "]");
    assertThat(((Announced) joined.events().getFirst()).attributes().nextHop())
        .contains(address("2001:db8::1"));
  }

  @Test
  void withdrawalsHaveAnEmptyPathAndSometimesNoType() {
    Heard update =
        heard("\"path\":[],\"withdrawals\":[\"2605:de00:bb:0:0:0:0:0/48\",\"192.0.2.0/24\"]");
    assertThat(update.events())
        .containsExactly(
            new Withdrawn(AT, PEER, Cidr.parse("2605:de00:bb::/48"), 0),
            new Withdrawn(AT, PEER, Cidr.parse("192.0.2.0/24"), 0));
    assertThat(heard("\"state\":\"down\"").events()).containsExactly(new PeerDown(AT, PEER));
  }

  @Test
  void everythingThatIsSpeltOutIsTakenIn() {
    Heard update =
        heard(
            "\"type\":\"UPDATE\",\"path\":[3303,6453,[64500,64501],32934],"
                + "\"community\":[[3303,1004],[65535,666]],\"origin\":\"egp\",\"med\":20,"
                + "\"aggregator\":\"64500:192.0.2.9\",\"withdrawals\":[\"198.51.100.0/24\"],"
                + "\"announcements\":[{\"prefixes\":[\"192.0.2.0/24\"],"
                + "\"next_hop\":\"192.0.2.1\"}]");
    PathAttributes attributes =
        new PathAttributes(
            Origin.EGP,
            AsPath.of(2, 2, 3303, 6453, 1, 2, 64500, 64501, 2, 1, 32934),
            Optional.of(address("192.0.2.1")),
            List.of("3303:1004", "65535:666"),
            Optional.empty(),
            new PathAttributes.Preference(
                Optional.empty(),
                Optional.of(20L),
                false,
                Optional.of(new Aggregator(64500, address("192.0.2.9")))));
    assertThat(update.events())
        .containsExactly(
            new Withdrawn(AT, PEER, Cidr.parse("198.51.100.0/24"), 0),
            new Announced(AT, PEER, Cidr.parse("192.0.2.0/24"), 0, attributes));
    assertThat(update.passedOver()).isZero();
  }

  @Test
  void theEndOfATableIsNoPrefixAndWhatIsNoneIsPassedOver() {
    Heard end =
        heard("\"path\":[1],\"announcements\":[{\"next_hop\":\"x\",\"prefixes\":[\"eor\"]}]");
    assertThat(end.events()).isEmpty();
    assertThat(end.passedOver()).isZero();
    Heard broken =
        heard("\"withdrawals\":[\"192.0.2.0/33\",\"1.2.3/8\",7,\"192.0.2.1/24\",\"::/129\"]");
    assertThat(broken.events())
        .containsExactly(new Withdrawn(AT, PEER, Cidr.parse("192.0.2.0/24"), 0));
    assertThat(broken.passedOver()).isEqualTo(4);
  }

  /** With a large community (RFC 8092), which the lists leave out. */
  private static final String ATTRIBUTES =
      "40010100"
          + "40020A0202FA56EA0000003039"
          + "400304C0000201"
          + "C0200C0000FBF40000000100000002";

  private static String raw(String withdrawn, String attributes, String routes) {
    String body =
        "%04X%s%04X%s%s"
            .formatted(
                withdrawn.length() / 2, withdrawn, attributes.length() / 2, attributes, routes);
    return "\"raw\":\"%s%04X02%s\",".formatted(MARKER, 19 + body.length() / 2, body);
  }

  @Test
  void theMessageItselfIsPreferredAsItHasLargeCommunities() {
    Heard update =
        heard(
            raw("", ATTRIBUTES, "18CB0071")
                + "\"type\":\"UPDATE\",\"path\":[4200000000,12345],\"announcements\":"
                + "[{\"next_hop\":\"192.0.2.1\",\"prefixes\":[\"203.0.113.0/24\"]}]");
    Announced route = (Announced) update.events().getFirst();
    assertThat(route.attributes().communities()).containsExactly("64500:1:2");
    assertThat(route.attributes().path()).hasToString("4200000000 12345");
    assertThat(update.passedOver()).isZero();
  }

  @Test
  void theMessageAloneIsEnough() {
    Heard update = heard(raw("18CB0071", "", "") + "\"type\":\"UPDATE\"");
    assertThat(update.events())
        .containsExactly(new Withdrawn(AT, PEER, Cidr.parse("203.0.113.0/24"), 0));
    assertThat(heard(raw("", "", "") + "\"type\":\"UPDATE\"").events())
        .containsExactly(new EndOfTable(AT, PEER, false));
  }

  @Test
  void aSessionOfTwoByteNumbersOrWithPathIdentifiersIsToldByTheLists() {
    String lists =
        "\"type\":\"UPDATE\",\"path\":[64500,12345],\"announcements\":"
            + "[{\"next_hop\":\"192.0.2.1\",\"prefixes\":[\"203.0.113.0/24\"]}]";
    String twoBytes = "40010100" + "4002060202FBF43039" + "400304C0000201";
    Announced two = (Announced) heard(raw("", twoBytes, "18CB0071") + lists).events().getFirst();
    assertThat(two.attributes().path()).hasToString("64500 12345");
    assertThat(two.prefix()).isEqualTo(Cidr.parse("203.0.113.0/24"));
    Heard paths = heard(raw("", ATTRIBUTES, "0000000118CB0071") + lists);
    assertThat(paths.events()).hasSize(1);
    assertThat(((Announced) paths.events().getFirst()).pathId()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"raw\":\"FFFF\",",
        "\"raw\":\"FFF\",",
        "\"raw\":\"not hexadecimal!\",",
        "\"raw\":{\"a\":[]},",
        "\"raw\":\"FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF001304\","
      })
  void aMessageThatCannotBeReadIsReplacedByTheLists(String raw) {
    Heard update = heard(raw + "\"type\":\"UPDATE\",\"withdrawals\":[\"203.0.113.0/24\"]");
    assertThat(update.events())
        .containsExactly(new Withdrawn(AT, PEER, Cidr.parse("203.0.113.0/24"), 0));
  }

  @Test
  void aMessageThatNamesOtherPrefixesIsNotBelieved() {
    Heard update =
        heard(raw("18CB0071", "", "") + "\"type\":\"UPDATE\",\"withdrawals\":[\"192.0.2.0/24\"]");
    assertThat(update.events())
        .containsExactly(new Withdrawn(AT, PEER, Cidr.parse("192.0.2.0/24"), 0));
    assertThat(update.passedOver()).isEqualTo(1);
  }

  @Test
  void answersOfTheServiceAreTold() {
    assertThat(RisLiveReader.read("{\"type\":\"pong\",\"data\":null}"))
        .isEqualTo(new RisLiveMessage.Pong());
    assertThat(
            RisLiveReader.read(
                "{\"data\":[\"RRC00\",\"rrc21.ripe.net\",\"\\n\"],\"type\":\"ris_rrc_list\"}"))
        .isEqualTo(new RisLiveMessage.Collectors(List.of("rrc00", "rrc21")));
    assertThat(
            RisLiveReader.read(
                "{\"type\":\"ris_subscribe_ok\",\"data\":{\"subscription\":{\"prefix\":"
                    + "[\"192.0.2.0/24\"],\"moreSpecific\":true},\"socketOptions\":{}}}"))
        .isEqualTo(new RisLiveMessage.Subscribed(List.of(Cidr.parse("192.0.2.0/24"))));
    assertThat(
            RisLiveReader.read("{\"type\":\"ris_error\",\"data\":{\"message\":\"slow\\u0007\"}}"))
        .isEqualTo(new RisLiveMessage.Refused("slow\ufffd"));
    assertThat(RisLiveReader.read("{\"type\":\"ris_news\",\"data\":[[]]}"))
        .isEqualTo(new RisLiveMessage.Ignored());
    assertThat(RisLiveReader.read(message("\"type\":\"ROUTE_REFRESH\"")))
        .isEqualTo(new RisLiveMessage.Ignored());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                          | not an object
          []                                          | not an object
          {"type":"pong"                              | not JSON from character 14 on
          {"type":"pong"} {}                          | not one object
          {"type":"pong"}}                            | not JSON from character 15 on
          {"data":{}}                                 | no type
          {"type":"ris_message","data":{}}            | no time
          {"type":"ris_message","data":{"timestamp":1e9}} | no time
          {"type":"ris_message","data":{"timestamp":1,"peer":"x"}} | no peer
          {"type":"ris_message","data":{"timestamp":1,"peer":"::","peer_asn":"4294967296"}} | no peer
          {"type":"ris_message","data":{"timestamp":1,"peer":"::","peer_asn":1,"host":"a b"}} | no collector
          {"type":"ris_message","data":{"path":[-1]}} | a path with a number of more than 32 bits
          {"type":"ris_message","data":{"path":["1"]}} | a path of something else than numbers
          """)
  void whatIsWrongIsSaidWithoutTheSendersWords(String frame, String reason) {
    assertThat(RisLiveReader.read(frame)).isEqualTo(new Malformed(reason));
  }

  @Test
  void announcementsNeedAPath() {
    String frame = message("\"announcements\":[{\"prefixes\":[\"192.0.2.0/24\"]}]");
    assertThat(RisLiveReader.read(frame)).isEqualTo(new Malformed("announcements without a path"));
    assertThat(RisLiveReader.read(message("\"type\":\"UPDATE\"")))
        .isEqualTo(new Malformed("an update without routes"));
  }

  @Test
  void boundsHold() {
    assertThat(RisLiveReader.read(" ".repeat(RisLiveReader.MAX_FRAME + 1)))
        .isEqualTo(new Malformed("a frame of 1048577 characters"));
    assertThat(RisLiveReader.read("{\"a\":" + "[".repeat(100_000))).isInstanceOf(Malformed.class);
    String prefixes = "\"::/0\",".repeat(MessageFields.MAX_PREFIXES) + "\"::/0\"";
    assertThat(RisLiveReader.read(message("\"withdrawals\":[" + prefixes + "]")))
        .isEqualTo(new Malformed("more than 65536 prefixes"));
    String numbers = "1,".repeat(2 * PathWords.MAX_NUMBERS) + "1";
    assertThat(RisLiveReader.read(message("\"path\":[" + numbers + "]")))
        .isEqualTo(new Malformed("a path of more than 16384 numbers"));
    String pairs = "[1,1],".repeat(MessageFields.MAX_COMMUNITIES) + "[1,1]";
    assertThat(RisLiveReader.read(message("\"community\":[" + pairs + "]")))
        .isEqualTo(new Malformed("more than 16384 communities"));
  }
}
