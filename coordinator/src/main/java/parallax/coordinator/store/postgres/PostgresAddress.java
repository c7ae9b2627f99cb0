package parallax.coordinator.store.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parallax.config.secret.Secret;

/**
 * Where a PostgreSQL database is: {@code postgresql://user:password@host:port/database?option=…} as
 * libpq writes it, several hosts with commas between them; options are those of the JDBC driver.
 * Never shows the password.
 */
public record PostgresAddress(String jdbcUrl, Optional<String> user, Optional<Secret> password) {
  private static final String JDBC = "jdbc:";
  private static final String PASSWORD = "password=";
  private static final Pattern COLON = Pattern.compile(":");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none; the message does not repeat it
   */
  public static PostgresAddress parse(String written) {
    URI url = uri(written.startsWith(JDBC) ? written.substring(JDBC.length()) : written);
    boolean known = "postgresql".equals(url.getScheme()) || "postgres".equals(url.getScheme());
    String authority = text(url.getRawAuthority());
    String hosts = authority.substring(authority.lastIndexOf('@') + 1);
    if (!known || hosts.isEmpty() || text(url.getRawPath()).length() < 2) {
      throw new IllegalArgumentException(
          "a database is written postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
    }
    Optional<String> login =
        Optional.of(authority.substring(0, authority.length() - hosts.length()))
            .filter(before -> !before.isEmpty())
            .map(before -> before.substring(0, before.length() - 1));
    Map<Boolean, List<String>> options =
        Stream.of(text(url.getRawQuery()).split("&", -1))
            .filter(option -> !option.isEmpty())
            .collect(Collectors.partitioningBy(option -> option.startsWith(PASSWORD)));
    List<String> shown = options.getOrDefault(false, List.of());
    Optional<String> hidden =
        options.getOrDefault(true, List.of()).stream()
            .map(option -> option.substring(PASSWORD.length()))
            .findFirst();
    return new PostgresAddress(
        "jdbc:postgresql://"
            + hosts
            + url.getRawPath()
            + (shown.isEmpty() ? "" : "?" + String.join("&", shown)),
        login.map(text -> decoded(COLON.split(text, 2)[0])),
        login
            .filter(text -> text.indexOf(':') >= 0)
            .map(text -> COLON.split(text, 2)[1])
            .or(() -> hidden)
            .map(text -> Secret.of(decoded(text))));
  }

  private static String text(@Nullable String part) {
    return part == null ? "" : part;
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
