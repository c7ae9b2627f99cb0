package parallax.probe.dns.wire;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSIDOption;

/** All that was learnt from one question to one server. */
public sealed interface Heard {
  /** How the exchange went. */
  Path path();

  /** From the first packet sent to the end, repetitions included. */
  Duration took();

  /**
   * How an exchange went.
   *
   * @param tcp whether it ended over TCP
   * @param truncated whether an answer over UDP was truncated
   * @param ednsRefused whether the server answered FORMERR, NOTIMP or BADVERS as long as it was
   *     asked with EDNS (RFC 6891 section 7)
   */
  record Path(boolean tcp, boolean truncated, boolean ednsRefused) {}

  /**
   * The server answered, whatever it said.
   *
   * @param bytes of the message, without the length that TCP puts before it
   * @param rtt from the packet that was answered to the answer; over TCP the handshake included
   */
  record Reply(Message message, Path path, int bytes, Duration rtt, Duration took)
      implements Heard {
    /** Longer identifiers are cut, in bytes. */
    static final int MAX_NSID_BYTES = 64;

    /** Code and length of an option (RFC 6891 section 6.1.2). */
    private static final int OPTION_HEADER_BYTES = 4;

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    /** Which machine answered (RFC 5001): as text where it is ASCII, else in hex. */
    public Optional<String> nsid() {
      return options().stream()
          .filter(NSIDOption.class::isInstance)
          .map(EDNSOption::toWire)
          .filter(option -> option.length > OPTION_HEADER_BYTES)
          .findFirst()
          .map(Reply::text);
    }

    /** What the server adds to its rcode (RFC 8914): a hint, never proof. */
    public List<String> extendedErrors() {
      return options().stream()
          .filter(ExtendedErrorCodeOption.class::isInstance)
          .map(ExtendedErrorCodeOption.class::cast)
          .map(
              error ->
                  ExtendedErrorCodeOption.text(error.getErrorCode())
                      + Optional.ofNullable(error.getText()).map(text -> ": " + text).orElse(""))
          .toList();
    }

    private List<EDNSOption> options() {
      // The codec promises an OPT record or null.
      return Optional.ofNullable(message.getOPT()).map(opt -> opt.getOptions()).orElse(List.of());
    }

    private static String text(byte[] option) {
      int end = Math.min(option.length, OPTION_HEADER_BYTES + MAX_NSID_BYTES);
      byte[] data = Arrays.copyOfRange(option, OPTION_HEADER_BYTES, end);
      boolean printable = true;
      for (int at = 0; at < data.length; at++) {
        printable &= data[at] >= FIRST_PRINTABLE && data[at] <= LAST_PRINTABLE;
      }
      return printable
          ? new String(data, StandardCharsets.US_ASCII)
          : HexFormat.of().formatHex(data);
    }
  }

  /** No answer that could be read. */
  record Silence(Failure failure, Path path, String detail, Duration took) implements Heard {}

  /** Why there was no answer. */
  enum Failure {
    /** Nothing came in time. */
    TIMEOUT,
    /** ICMP says that nobody listens, or TCP was answered with a reset at once. */
    CLOSED_PORT,
    /** A TCP connection was made and then ended before the answer. */
    RESET,
    HOST_UNREACHABLE,
    NETWORK_UNREACHABLE,
    /** What came was no DNS message, or did not repeat the question. */
    GARBAGE,
    /** Packets came, none with the id of the question. */
    FORGED,
    /** The probe had too much to do to ask. */
    OVERLOADED,
    /** The probe's own socket failed. */
    INTERNAL
  }
}
