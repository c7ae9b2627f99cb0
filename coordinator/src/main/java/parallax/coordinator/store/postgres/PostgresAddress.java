package parallax.coordinator.store.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import parallax.config.secret.Secret;

/**
 * Where a PostgreSQL database is: {@code postgresql://user:password@host:port/database?option=…} as
 * libpq writes it; options are those of the JDBC driver. Never shows the password.
 */
public record PostgresAddress(String jdbcUrl, Optional<String> user, Optional<Secret> password) {
  private static final String JDBC = "jdbc:";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat it
   */
  public static PostgresAddress parse(String written) {
    URI url = uri(written.startsWith(JDBC) ? written.substring(JDBC.length()) : written);
    boolean known = "postgresql".equals(url.getScheme()) || "postgres".equals(url.getScheme());
    if (!known || url.getHost() == null || url.getRawPath().length() < 2) {
      throw new IllegalArgumentException(
          "a database is written postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
    }
    String place = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    String options = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    Optional<String> login = Optional.ofNullable(url.getRawUserInfo());
    Optional<Integer> colon = login.map(text -> text.indexOf(':')).filter(at -> at >= 0);
    return new PostgresAddress(
        "jdbc:postgresql://" + place + url.getRawPath() + options,
        login.map(text -> decoded(colon.map(at -> text.substring(0, at)).orElse(text))),
        login.flatMap(text -> colon.map(at -> Secret.of(decoded(text.substring(at + 1))))));
  }

  private static URI uri(String written) {
    try {
      return new URI(written);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "not a URL of a database (at character " + e.getIndex() + ")");
    }
  }

  private static String decoded(String text) {
    // A plus sign in a password is one: only forms write a space so.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
