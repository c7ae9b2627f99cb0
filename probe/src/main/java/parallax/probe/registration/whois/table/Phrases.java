package parallax.probe.registration.whois.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Sentences by which servers say that there is nothing to say. */
public final class Phrases {
  private static final Pattern NUMBER = Pattern.compile("^\\d{3} ");
  private static final Pattern SPACES = Pattern.compile("[\\s\\u00a0\\u3000]+");

  /** What a phrase says. */
  public enum Saying {
    /** Asked too often, or not allowed to ask. */
    THROTTLED,
    /** No such registration. */
    NOT_REGISTERED,
    /** The registry keeps the name to itself. */
    RESERVED,
    /** The server cannot answer at present. */
    UNAVAILABLE,
    /** Asked too often, and answered all the same. */
    STILL_ANSWERED,
    /** A value of a status that means: not registered. */
    FREE_STATUS
  }

  private final Map<Saying, List<String>> phrases;

  Phrases(List<List<String>> rows) {
    Map<Saying, List<String>> read = new EnumMap<>(Saying.class);
    for (List<String> row : rows) {
      read.computeIfAbsent(Saying.valueOf(row.getFirst()), _ -> new ArrayList<>())
          .add(alike(row.getLast()));
    }
    this.phrases = read;
  }

  /**
   * The first phrase of this kind that {@code text}, written {@link #alike}, contains. In the table
   * {@code ^} and {@code $} stand for its beginning and its end.
   */
  public Optional<String> in(String text, Saying saying) {
    String ended = "^" + text + "$";
    return phrases.getOrDefault(saying, List.of()).stream().filter(ended::contains).findFirst();
  }

  /** Whether {@code value} of a status means that there is no registration. */
  public boolean isFreeStatus(String value) {
    String status = NUMBER.matcher(alike(value)).replaceFirst("");
    return phrases.getOrDefault(Saying.FREE_STATUS, List.of()).stream()
        .anyMatch(free -> status.equals(free) || status.startsWith(free + " ("));
  }

  /** {@code text} as phrases are compared: one space between words, no accents, lower case. */
  public static String alike(String text) {
    return SPACES.matcher(PlainText.of(text)).replaceAll(" ").strip();
  }
}
