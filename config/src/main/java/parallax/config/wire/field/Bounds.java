package parallax.config.wire.field;

import java.util.List;
import java.util.Optional;

/** Checks of single fields; each refuses with a {@link WireFault} that names the field. */
public final class Bounds {
  private Bounds() {}

  /** {@code value}, unless it is longer than {@code max} UTF-16 code units. */
  public static String text(String field, String value, int max) {
    if (value.length() > max) {
      throw new WireFault(
          Fault.TEXT_TOO_LONG, field + " has " + value.length() + " characters, at most " + max);
    }
    return value;
  }

  /** {@code items}, unless there are more than {@code max}. */
  public static <T> List<T> items(String field, List<T> items, int max) {
    if (items.size() > max) {
      throw new WireFault(
          Fault.TOO_MANY, field + " has " + items.size() + " elements, at most " + max);
    }
    return items;
  }

  /** {@code texts}, unless there are more than {@code max} or one is too long. */
  public static List<String> texts(String field, List<String> texts, int max, int maxLength) {
    for (String text : items(field, texts, max)) {
      text(field, text, maxLength);
    }
    return texts;
  }

  /** {@code value} of an unsigned field, unless it is greater than {@code max}. */
  public static int number(String field, int value, int max) {
    if (value < 0 || value > max) {
      throw new WireFault(
          Fault.INVALID, field + " is " + Integer.toUnsignedString(value) + ", at most " + max);
    }
    return value;
  }

  /** {@code value} of an unsigned field that counts. */
  public static long count(String field, long value) {
    if (value < 0) {
      throw new WireFault(Fault.INVALID, field + " is " + Long.toUnsignedString(value));
    }
    return value;
  }

  /** Whether the sender set the field, which this version cannot do without. */
  public static void require(String field, boolean set) {
    if (!set) {
      throw new WireFault(Fault.MISSING, field + " is missing");
    }
  }

  /** A word of a closed list, where a word beyond the list must not be guessed. */
  public static <T> T known(String field, Optional<T> word) {
    return word.orElseThrow(
        () -> new WireFault(Fault.UNKNOWN_WORD, field + " is a word this version does not know"));
  }
}
