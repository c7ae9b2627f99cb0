package parallax.config.check.http;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/**
 * What a body must be.
 *
 * @param contains texts that must all be there
 * @param matches patterns that must all be found (RE2: linear time)
 * @param excludes patterns none of which may be found
 * @param json values that must stand at their places
 * @param size bytes of the decoded body
 */
public record BodyExpect(
    List<String> contains,
    List<Pattern> matches,
    List<Pattern> excludes,
    List<JsonExpect> json,
    Optional<SizeRange> size) {

  public static final BodyExpect ANYTHING =
      new BodyExpect(List.of(), List.of(), List.of(), List.of(), Optional.empty());

  public BodyExpect {
    contains = List.copyOf(contains);
    matches = List.copyOf(matches);
    excludes = List.copyOf(excludes);
    json = List.copyOf(json);
  }

  /** Whether the body does not matter. */
  public boolean isAnything() {
    return equals(ANYTHING);
  }

  /** A value at a place of a JSON document. */
  public record JsonExpect(JsonPath path, JsonScalar value) {}

  /** From {@code min} to {@code max} bytes, both included. */
  public record SizeRange(long min, long max) {
    public SizeRange {
      if (min < 0 || min > max) {
        throw new IllegalArgumentException("not a range of sizes: " + min + "-" + max);
      }
    }
  }
}
