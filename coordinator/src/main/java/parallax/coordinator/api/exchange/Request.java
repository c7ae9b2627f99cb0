package parallax.coordinator.api.exchange;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.access.Visitor;
import parallax.coordinator.store.Store;

/**
 * What is asked, as values.
 *
 * @param path as sent, not decoded
 * @param query as sent, not decoded; empty when there is none
 * @param accept the Accept header, or empty
 * @param acceptEncoding the Accept-Encoding header, or empty
 * @param acceptLanguage the Accept-Language header, or empty
 * @param ifNoneMatch the If-None-Match header, or empty
 * @param visitor who asks
 */
public record Request(
    String path,
    String query,
    String accept,
    String acceptEncoding,
    String acceptLanguage,
    String ifNoneMatch,
    Visitor visitor) {

  /** What a server has read of somebody of whom nothing is known. */
  public static Request of(HttpServerRequest request) {
    return of(request, Visitor.ANYBODY);
  }

  /** What a server has read. */
  public static Request of(HttpServerRequest request, Visitor visitor) {
    return new Request(
        orEmpty(request.path()),
        orEmpty(request.query()),
        orEmpty(request.getHeader("Accept")),
        orEmpty(request.getHeader("Accept-Encoding")),
        orEmpty(request.getHeader("Accept-Language")),
        orEmpty(request.getHeader("If-None-Match")),
        visitor);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Something in the request cannot be used; the message says what would be. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unusable(String message) {
      super(message);
    }
  }

  /** The value of a query parameter; of several the first. */
  public Optional<String> parameter(String name) throws Unusable {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (decoded(equals < 0 ? pair : pair.substring(0, equals)).equals(name)) {
        return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)))
            .filter(value -> !value.isEmpty());
      }
    }
    return Optional.empty();
  }

  /** The parameter {@code limit}: how many items a page may hold. */
  public int limit(int fallback, int most) throws Unusable {
    Optional<String> text = parameter("limit");
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int limit = Integer.parseInt(text.get());
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw new Unusable("limit must be a number from 1 to " + most);
    }
    throw new Unusable("limit must be a number from 1 to " + most);
  }

  /** A parameter that is an instant by ISO 8601 with an offset. */
  public Optional<Instant> instant(String name) throws Unusable {
    Optional<String> text = parameter(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      // A plus sign of an offset that was not encoded arrives as a space.
      return Optional.of(java.time.OffsetDateTime.parse(text.get().replace(' ', '+')).toInstant());
    } catch (DateTimeException e) {
      throw new Unusable(name + " must be an instant such as 2026-01-31T12:00:00Z");
    }
  }

  /** A parameter that is one of some words, in any case. */
  public <E> Optional<E> word(String name, E[] words, Function<E, String> text) throws Unusable {
    Optional<String> value = parameter(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    for (E word : words) {
      if (text.apply(word).toLowerCase(Locale.ROOT).equals(value.get().toLowerCase(Locale.ROOT))) {
        return Optional.of(word);
      }
    }
    String all = String.join(", ", Arrays.stream(words).map(text).toList());
    throw new Unusable(name + " must be one of " + all);
  }

  /** Asks the store for a page; it refuses a cursor that it did not give out. */
  public static <T> Store.Page<T> page(Optional<String> cursor, Supplier<Store.Page<T>> ask)
      throws Unusable {
    try {
      return ask.get();
    } catch (IllegalArgumentException e) {
      if (cursor.isPresent()) {
        throw new Unusable("cursor must be the next of an earlier page");
      }
      throw e;
    }
  }

  /**
   * What the path behind {@code prefix} may stand for, the likeliest first: names may be URLs, and
   * not everybody encodes them.
   */
  public List<String> named(String prefix) throws Unusable {
    String raw = path.substring(prefix.length());
    List<String> names = new ArrayList<>(List.of(raw, decodedPath(raw)));
    if (!query.isEmpty()) {
      String whole = raw + "?" + query;
      names.addAll(0, List.of(whole, decodedPath(whole)));
    }
    return names;
  }

  /** Percent signs resolved; a plus sign in a path stays one. */
  public static String decodedPath(String text) throws Unusable {
    return decoded(text.replace("+", "%2B"));
  }

  private static String decoded(String text) throws Unusable {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Unusable("a percent sign that is not followed by two hexadecimal digits");
    }
  }
}
