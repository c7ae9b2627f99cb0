package parallax.probe.bgp.message.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Decoded;
import parallax.probe.bgp.message.Fault;
import parallax.probe.bgp.message.MessageContext;

/** What is done about each fault of an update (RFC 7606 and the documents it names). */
final class UpdateFaultsTest {
  private static final MessageContext FOUR_BYTES = MessageContext.stored(true, false);
  private static final int ATTRIBUTES_AT = 23;

  /** The fault comes after a sound ORIGIN, AS_PATH and NEXT_HOP, unless it replaces one. */
  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ATOMIC_AGGREGATE with a value   | 40 06 01 00                      | discarded
          AGGREGATOR of two bytes' size   | c0 07 06 fde9 c0000201           | discarded
          LOCAL_PREF of two bytes         | 40 05 02 0064                    | discarded
          AS4_PATH that is cut off        | c0 11 05 02 02 000001            | discarded
          AS4_AGGREGATOR of six bytes     | c0 12 06 fde9 c0000201           | discarded
          a second ORIGIN                 | 40 01 01 01                      | discarded
          MULTI_EXIT_DISC of one byte     | 80 04 01 00                      | withdrawn
          COMMUNITIES of six bytes        | c0 08 06 000100020003            | withdrawn
          COMMUNITIES of none             | c0 08 00                         | withdrawn
          extended communities of four    | c0 10 04 00020001                | withdrawn
          large communities of eight      | c0 20 08 0000000100000002        | withdrawn
          OTC of two bytes                | c0 23 02 fde9                    | withdrawn
          MULTI_EXIT_DISC as transitive   | c0 04 04 00000001                | withdrawn
          unknown and not optional        | 40 63 01 00                      | withdrawn
          longer than all attributes      | c0 08 08 00010002                | withdrawn
          header cut off                  | c0 08                            | withdrawn
          extended header cut off         | d0 08 00                         | withdrawn
          MP_REACH_NLRI of three bytes    | 80 0e 03 000201                  | reset
          a next hop of five bytes        | 80 0e 0a 0002 01 05 2001000000 00 | reset
          MP_UNREACH_NLRI of two bytes    | 80 0f 02 0002                    | reset
          an IPv6 prefix of 129 bits      | 80 0f 04 0002 01 81              | reset
          an IPv6 prefix that is cut off  | 80 0f 05 0002 01 20 20           | reset
          MP_UNREACH_NLRI twice           | 80 0f 03 000201 80 0f 03 000201  | reset
          """)
  void eachAttributeHasItsRule(String name, String attribute, String expected) {
    String attributes = Wire.ORIGIN + Wire.PATH + Wire.NEXT_HOP + attribute;
    Decoded decoded = read(Wire.update("", attributes, Wire.PREFIXES));
    assertThat(outcome(decoded)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ORIGIN of two bytes        | 40 01 02 0000
          ORIGIN 3                   | 40 01 01 03
          a segment of kind 5        | 40 01 01 00 40 02 06 05 01 0000fde9
          a segment without numbers  | 40 01 01 00 40 02 02 02 00
          half a segment             | 40 01 01 00 40 02 07 02 01 0000fde9 02
          a segment too long         | 40 01 01 00 40 02 06 02 02 0000fde9
          NEXT_HOP of six bytes      | 40 01 01 00 40 02 06 02 01 0000fde9 40 03 06 c00002010000
          no AS_PATH                 | 40 01 01 00 40 03 04 c0000201
          no NEXT_HOP                | 40 01 01 00 40 02 06 02 01 0000fde9
          no ORIGIN                  | 40 02 06 02 01 0000fde9 40 03 04 c0000201
          no attribute at all        |
          """)
  void aRouteWithoutWhatItNeedsCountsAsWithdrawn(String name, String attributes) {
    Decoded decoded = read(Wire.update("", attributes == null ? "" : attributes, Wire.PREFIXES));
    assertThat(outcome(decoded)).isEqualTo("withdrawn");
    Update update = update(decoded);
    assertThat(update.announced()).isEmpty();
    assertThat(update.withdrawn())
        .extracting(route -> route.prefix().toString())
        .containsExactly("192.0.2.0/24", "198.51.100.0/25");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a prefix of 33 bits   |                | 21 c000020000
          a prefix cut off      |                | 18 c000
          a withdrawn one       | 21 c000020000  |
          """)
  void aFieldThatIsNoListOfPrefixesIsNotBelieved(String name, String withdrawn, String announced) {
    String attributes = Wire.ORIGIN + Wire.PATH + Wire.NEXT_HOP;
    Decoded decoded =
        read(
            Wire.update(
                withdrawn == null ? "" : withdrawn,
                attributes,
                announced == null ? "" : announced));
    assertThat(outcome(decoded)).isEqualTo("reset");
  }

  @Test
  void aGraveFaultWithoutAnyRouteEndsTheSession() {
    Decoded decoded = read(Wire.update("18 c00002", "40 01 01 07", ""));
    assertThat(outcome(decoded)).isEqualTo("reset");
  }

  @Test
  void aFaultTellsWhereItStands() {
    String attributes = Wire.ORIGIN + Wire.PATH + Wire.NEXT_HOP + "c0 08 03 000001";
    Decoded decoded = read(Wire.update("", attributes, Wire.PREFIXES));
    int before = Wire.bytes(Wire.ORIGIN + Wire.PATH + Wire.NEXT_HOP).length;
    assertThat(((Decoded.Understood) decoded).faults())
        .containsExactly(
            new Fault.TreatedAsWithdrawn("communities of 3 bytes", ATTRIBUTES_AT + before));
  }

  @Test
  void lengthsThatPointBeyondTheMessageAreFound() {
    byte[] update = Wire.update("18 c00002", "", "");
    update[20] = 100;
    assertThat(outcome(read(update))).isEqualTo("reset");
    byte[] other = Wire.update("", Wire.ORIGIN, "");
    other[22] = 100;
    assertThat(outcome(read(other))).isEqualTo("reset");
  }

  private static Decoded read(byte[] bytes) {
    return MessageReader.read(bytes, 0, bytes.length, FOUR_BYTES);
  }

  private static Update update(Decoded decoded) {
    return (Update) ((Decoded.Understood) decoded).message();
  }

  /** The gravest thing that was done. */
  private static String outcome(Decoded decoded) {
    return switch (decoded) {
      case Decoded.Broken _ -> "reset";
      case Decoded.Understood(_, var faults) -> {
        boolean withdrawn = faults.stream().anyMatch(Fault.TreatedAsWithdrawn.class::isInstance);
        yield withdrawn ? "withdrawn" : faults.isEmpty() ? "fine" : "discarded";
      }
    };
  }
}
