package parallax.config.text;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes: {@code 2048}, {@code 2KiB}, {@code 1MiB}; and ranges: {@code 1..2KiB}. */
public final class SizeText {
  private static final String SIZE = "[0-9]{1,9}( ?(KiB|MiB))?";

  /** Regular expression (Java and ECMAScript) of one size. */
  public static final String PATTERN = "^" + SIZE + "$";

  /** Regular expression (Java and ECMAScript) of a range; either end may be left out. */
  public static final String RANGE_PATTERN =
      "^(" + SIZE + "\\.\\.(" + SIZE + ")?|\\.\\." + SIZE + ")$";

  private static final Pattern PARTS = Pattern.compile("^([0-9]{1,9})(?: ?(KiB|MiB))?$");

  private SizeText() {}

  /** The bytes written as {@code text}; empty when it is not a size. */
  public static OptionalLong parse(String text) {
    Matcher matcher = PARTS.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long count = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    if (unit == null) {
      return OptionalLong.of(count);
    }
    return OptionalLong.of(count * (unit.equals("KiB") ? 1024 : 1024 * 1024));
  }

  /** The range written as {@code text}; empty when it is not one. */
  public static Optional<Range> parseRange(String text) {
    int dots = text.indexOf("..");
    if (dots < 0 || text.length() == 2) {
      return Optional.empty();
    }
    String low = text.substring(0, dots);
    String high = text.substring(dots + 2);
    OptionalLong min = low.isEmpty() ? OptionalLong.of(0) : parse(low);
    OptionalLong max = high.isEmpty() ? OptionalLong.of(Long.MAX_VALUE) : parse(high);
    if (min.isEmpty() || max.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Range(min.getAsLong(), max.getAsLong()));
  }

  /** Bytes from {@code min} to {@code max} as written; {@code min} may be the greater one. */
  public record Range(long min, long max) {}
}
