package parallax.coordinator.api.access;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookies of Parallax (RFC 6265bis). Over https their names begin so that browsers take them
 * from nobody else, not even from another host of the same domain. Scripts never see them.
 */
final class Cookies {
  static final String SESSION = "parallax";

  /** Stands in the place of a session, for forms of whoever is not signed in. */
  static final String PLACE = "parallax-form";

  /** While somebody is away to say who they are. */
  static final String TRIP = "parallax-trip";

  /** More of a Cookie header is not looked at, in UTF-16 code units. */
  static final int MAX_HEADER = 12_000;

  /** In which language somebody wants to read. */
  static final String LANGUAGE = "parallax-language";

  private static final String HOST = "__Host-";

  private Cookies() {}

  /**
   * The value of a cookie; of several of one name the first.
   *
   * @param secure whether the request came by https
   */
  static Optional<String> value(HttpServerRequest request, String name, boolean secure) {
    String header = request.getHeader("Cookie");
    return header == null ? Optional.empty() : value(header, secure ? HOST + name : name);
  }

  static Optional<String> value(String header, String name) {
    if (header.length() > MAX_HEADER) {
      return Optional.empty();
    }
    for (String pair : header.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        return Optional.of(pair.substring(equals + 1).strip());
      }
    }
    return Optional.empty();
  }

  /** As it stands in Cookie and begins in Set-Cookie. */
  static String pair(String name, String value, boolean secure) {
    return (secure ? HOST : "") + name + "=" + value;
  }

  /** Set-Cookie for a cookie that lasts as long; zero takes it away. */
  static String set(String name, String value, boolean secure, Duration lasts) {
    return pair(name, value, secure)
        + "; Path=/; Max-Age="
        + lasts.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }
}
