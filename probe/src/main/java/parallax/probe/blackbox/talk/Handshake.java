package parallax.probe.blackbox.talk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Reason;
import parallax.probe.blackbox.look.Line;
import parallax.probe.blackbox.look.Sight;
import parallax.probe.blackbox.look.Unseen;

/**
 * What a server answers to a request for a WebSocket (RFC 6455 section 4.2.2).
 *
 * @param headers by name in lower case; of several the last
 */
record Handshake(int status, Map<String, String> headers) {
  private static final int MAX_LINES = 200;
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  static Handshake read(Line line) throws Unseen {
    String first = text(line);
    if (!first.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
      throw Sight.unseen(Reason.HTTP_MALFORMED, "malformed HTTP response");
    }
    Map<String, String> headers = new HashMap<>();
    String next = text(line);
    int lines = 0;
    while (!next.isEmpty()) {
      lines++;
      if (lines > MAX_LINES) {
        throw Sight.unseen(Reason.HTTP_HEADERS_TOO_LARGE, "more than " + MAX_LINES + " lines");
      }
      int colon = next.indexOf(':');
      if (colon > 0) {
        headers.put(
            next.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            next.substring(colon + 1).strip());
      }
      next = text(line);
    }
    return new Handshake(Integer.parseInt(first.substring(9, 12)), Map.copyOf(headers));
  }

  private static String text(Line line) throws Unseen {
    Optional<byte[]> bytes = line.line();
    return new String(
        bytes.orElseThrow(() -> Sight.unseen(Reason.HTTP_CLOSED, "unexpected EOF")),
        StandardCharsets.ISO_8859_1);
  }

  /** Whether the server has understood what {@code key} asked for. */
  boolean accepts(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
      return "websocket".equalsIgnoreCase(headers.getOrDefault("upgrade", ""))
          && headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("upgrade")
          && Base64.getEncoder()
              .encodeToString(digest)
              .equals(headers.getOrDefault("sec-websocket-accept", ""));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }
}
