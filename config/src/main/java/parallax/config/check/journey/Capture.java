package parallax.config.check.journey;

import com.google.re2j.Pattern;
import java.util.Optional;
import parallax.config.check.http.JsonPath;

/**
 * What is taken from an answer for later steps. The value is a secret.
 *
 * @param name letters, digits and underscores
 * @param pattern what of it is taken: the first group, or the whole match where there is none;
 *     empty: all of it
 */
public record Capture(String name, Source source, Optional<Pattern> pattern) {
  /** Where the value stands. */
  public sealed interface Source {}

  /** A scalar of a JSON body: text, a number as written, true or false. */
  public record JsonValue(JsonPath path) implements Source {}

  /** The first header of this name, in lower case. */
  public record HeaderValue(String name) implements Source {}

  /** The cookie of this name that the answer, or a redirect before it, sets. */
  public record CookieValue(String name) implements Source {}

  /** The body as text. */
  public record BodyText() implements Source {}

  public Capture {
    if (source instanceof BodyText && pattern.isEmpty()) {
      throw new IllegalArgumentException("a whole body is not captured");
    }
  }
}
