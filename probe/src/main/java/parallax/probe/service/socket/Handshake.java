package parallax.probe.service.socket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import parallax.config.check.service.Protocol.Header;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.probe.service.talk.Unfit;

/**
 * What a server answers to a request for a WebSocket (RFC 6455 section 4.2.2).
 *
 * @param headers by name in lower case; of several the last
 */
public record Handshake(int status, Map<String, String> headers) {
  /** What the key of a request is made of, in bytes (RFC 6455 section 4.1). */
  public static final int NONCE = 16;

  private static final int MAX_LINES = 200;
  private static final int SWITCHING = 101;
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})( .*)?");

  public Handshake {
    headers = Map.copyOf(headers);
  }

  /**
   * What is asked for.
   *
   * @param target path and query
   * @param authority host, and port unless it is the scheme's own
   * @param key the nonce in base64
   * @param userAgent how the request introduces itself, unless a header does
   */
  public record Wanted(
      String target, String authority, String key, String userAgent, List<Header> headers) {
    public Wanted {
      headers = List.copyOf(headers);
    }
  }

  /** A key for a request, of {@link #NONCE} random bytes. */
  public static String key(byte[] nonce) {
    return Base64.getEncoder().encodeToString(nonce);
  }

  /**
   * The request (RFC 6455 section 4.1).
   *
   * @throws Unfit when a header has a line break, which would add another one
   */
  public static byte[] request(Wanted wanted) throws Unfit {
    List<Header> fields = new ArrayList<>();
    fields.add(field("Upgrade", "websocket"));
    fields.add(field("Connection", "Upgrade"));
    fields.add(field("Sec-WebSocket-Key", wanted.key()));
    fields.add(field("Sec-WebSocket-Version", "13"));
    Stream.of(field("Host", wanted.authority()), field("User-Agent", wanted.userAgent()))
        .filter(ours -> wanted.headers().stream().noneMatch(own -> isSame(ours, own)))
        .forEach(fields::add);
    fields.addAll(wanted.headers());
    StringBuilder head = new StringBuilder("GET " + wanted.target() + " HTTP/1.1\r\n");
    for (Header field : fields) {
      String value = field.value().reveal();
      if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
        throw new Unfit(Reason.PROBE_NOT_CONFIGURED, "header " + field.name() + " cannot be sent");
      }
      head.append(field.name()).append(": ").append(value).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Header field(String name, String value) {
    return new Header(name, Secret.of(value));
  }

  private static boolean isSame(Header one, Header other) {
    return one.name().equalsIgnoreCase(other.name());
  }

  /** Reads the answer up to its empty line. */
  public static <X extends Exception> Handshake read(Source<X> source) throws X, Unfit {
    String first = source.line();
    var status = STATUS.matcher(first);
    if (!status.matches()) {
      throw Unfit.garbage(first);
    }
    Map<String, String> headers = new HashMap<>();
    int lines = 0;
    for (String next = source.line(); !next.isEmpty(); next = source.line()) {
      lines++;
      if (lines > MAX_LINES) {
        throw new Unfit(Reason.SERVICE_TOO_LONG, "more than " + MAX_LINES + " lines of header");
      }
      int colon = next.indexOf(':');
      if (colon > 0) {
        headers.put(
            next.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            next.substring(colon + 1).strip());
      }
    }
    return new Handshake(Integer.parseInt(status.group(1)), headers);
  }

  /** The value of a header; empty when it is not there. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Whether the server goes over to another protocol. */
  public boolean switches() {
    return status == SWITCHING;
  }

  /** Whether the server has understood what {@code key} asked for. */
  public boolean accepts(String key) {
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
