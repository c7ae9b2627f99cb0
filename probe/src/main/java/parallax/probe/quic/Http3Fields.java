package parallax.probe.quic;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.Http3Headers;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Fields of HTTP/1.1 as those of HTTP/3, and back (RFC 9114 sections 4.2 and 4.3). */
final class Http3Fields {
  /** About a connection of HTTP/1.1, and malformed in HTTP/3. */
  private static final Set<String> OF_CONNECTIONS =
      Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

  private static final int FIRST_STATUS = 100;
  private static final int LAST_STATUS = 999;

  private Http3Fields() {}

  /** The header section of {@code request}, which has a Host; what HTTP/3 forbids is left out. */
  static Http3Headers of(FullHttpRequest request) {
    Http3Headers out = new DefaultHttp3Headers();
    out.method(request.method().asciiName())
        .scheme("https")
        .authority(request.headers().get(HttpHeaderNames.HOST, ""))
        .path(request.uri());
    for (Map.Entry<String, String> field : request.headers()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      boolean forbidden =
          name.equals("host")
              || OF_CONNECTIONS.contains(name)
              || (name.equals("te") && !field.getValue().equalsIgnoreCase("trailers"));
      if (!forbidden) {
        out.add(name, field.getValue());
      }
    }
    return out;
  }

  /**
   * The status of an answer.
   *
   * @throws IllegalArgumentException when it is none, or one that HTTP/3 does not have
   */
  static int status(CharSequence text) {
    int status = 0;
    if (text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      status = Integer.parseInt(text.toString());
    }
    if (status < FIRST_STATUS || status > LAST_STATUS || status == 101) {
      throw new IllegalArgumentException("status " + shortened(text));
    }
    return status;
  }

  /**
   * The fields of an answer or a trailer, without those about the message itself.
   *
   * @throws IllegalArgumentException when one is malformed
   */
  static HttpHeaders of(Http3Headers section) {
    HttpHeaders out = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    for (Map.Entry<CharSequence, CharSequence> field : section) {
      String name = field.getKey().toString();
      if (name.startsWith(":")) {
        continue;
      }
      if (OF_CONNECTIONS.contains(name) || !name.equals(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("field " + shortened(name));
      }
      try {
        out.add(name, field.getValue().toString());
      } catch (IllegalArgumentException malformed) {
        throw new IllegalArgumentException("field " + shortened(name), malformed);
      }
    }
    return out;
  }

  /**
   * How much content an answer says that it has, if it says so.
   *
   * @throws IllegalArgumentException when that is no number
   */
  static OptionalLong contentLength(HttpHeaders fields) {
    String text = fields.get(HttpHeaderNames.CONTENT_LENGTH);
    if (text == null) {
      return OptionalLong.empty();
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("content-length " + shortened(text));
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /** As much as tells what it is, without what a terminal or a page would take for more. */
  private static String shortened(CharSequence text) {
    String shown = text.toString().replaceAll("[^!-~]", "?");
    return shown.length() > 40 ? shown.substring(0, 40) + "…" : shown;
  }
}
