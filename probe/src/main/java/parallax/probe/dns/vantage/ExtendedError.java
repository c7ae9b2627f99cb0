package parallax.probe.dns.vantage;

import java.util.List;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;

/**
 * What a resolver says about its own answer (RFC 8914). A hint and no proof: it depends on the
 * state of the resolver's cache, and anybody on the way may have put it there.
 *
 * @param code as registered: 15 is "Blocked"
 * @param text for people, printable and cut to {@link #MAX_TEXT}; may be empty
 */
public record ExtendedError(int code, String text) {
  /** Errors of one answer that are looked at. */
  public static final int MAX_ERRORS = 8;

  /** Characters of a text that are kept. */
  public static final int MAX_TEXT = 200;

  /** Those that {@code message} carries, in order. */
  public static List<ExtendedError> of(Message message) {
    OPTRecord edns = message.getOPT();
    if (edns == null) {
      return List.of();
    }
    return edns.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
        .filter(ExtendedErrorCodeOption.class::isInstance)
        .map(ExtendedErrorCodeOption.class::cast)
        .limit(MAX_ERRORS)
        .map(error -> new ExtendedError(error.getErrorCode(), printable(error.getText())))
        .toList();
  }

  private static String printable(String text) {
    return text == null
        ? ""
        : text.codePoints()
            .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
            .limit(MAX_TEXT)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  /** Whether it means that the answer was withheld on purpose. */
  boolean isBlocking() {
    return code >= ExtendedErrorCodeOption.BLOCKED && code <= ExtendedErrorCodeOption.PROHIBITED;
  }

  /** Whether it means that the answer is served past its time (RFC 8767). */
  boolean isStale() {
    return code == ExtendedErrorCodeOption.STALE_ANSWER
        || code == ExtendedErrorCodeOption.STALE_NXDOMAIN_ANSWER;
  }

  @Override
  public String toString() {
    String name = ExtendedErrorCodeOption.text(code);
    return "EDE " + code + " (" + name + ")" + (text.isEmpty() ? "" : ": " + text);
  }
}
