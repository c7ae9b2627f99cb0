package parallax.coordinator.status.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.coordinator.status.model.PublicIncident;
import parallax.coordinator.status.model.ServiceState;
import parallax.coordinator.words.Language;

/** All that is said in one language, as plain text: whoever puts it into a document escapes it. */
public final class Texts {
  /** More services than this are only counted in a sentence. */
  static final int MAX_NAMED = 5;

  private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");
  private static final Map<Language, Texts> ALL = all();

  private final Language language;
  private final Properties words = new Properties();

  private Texts(Language language) {
    this.language = language;
    String name = language.tag() + ".properties";
    try (InputStream file = Texts.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
        words.load(reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static Map<Language, Texts> all() {
    Map<Language, Texts> all = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      all.put(language, new Texts(language));
    }
    return all;
  }

  /** What is said in a language. */
  public static Texts in(Language language) {
    return Optional.ofNullable(ALL.get(language)).orElseThrow();
  }

  public Language language() {
    return language;
  }

  /** The names of all texts. */
  SortedSet<String> keys() {
    return new TreeSet<>(words.stringPropertyNames());
  }

  /**
   * A text.
   *
   * @param values take the places {@code {0}}, {@code {1}} and so on; what looks like a place in
   *     them is not one
   * @throws IllegalArgumentException when there is no text of this name
   */
  public String of(String key, Object... values) {
    return filled(pattern(key), values);
  }

  /**
   * A text in HTML.
   *
   * @param values of HTML, which take the places as they are
   */
  public String html(String key, String... values) {
    return filled(Xml.escaped(pattern(key)), (Object[]) values);
  }

  private String pattern(String key) {
    String pattern = words.getProperty(key);
    if (pattern == null) {
      throw new IllegalArgumentException("no text " + key + " in " + language);
    }
    return pattern;
  }

  private static String filled(String pattern, Object... values) {
    return PLACE
        .matcher(pattern)
        .replaceAll(
            place ->
                Matcher.quoteReplacement(String.valueOf(values[Integer.parseInt(place.group(1))])));
  }

  /** The word for a state. */
  public String of(ServiceState state) {
    return of("state." + state.word());
  }

  /** What users notice of an incident, in one sentence. */
  public String of(PublicIncident incident) {
    String what = incident.effect().name().toLowerCase(Locale.ROOT);
    return of("effect." + what, named(incident.services()));
  }

  /** The same, beginning with whether it is over. */
  public String headline(PublicIncident incident) {
    return incident.isOpen() ? of(incident) : of("headline.over", of(incident));
  }

  /** Some names, the first of them, and how many more. */
  public String named(List<String> names) {
    String first = String.join(of("list.comma"), names.stream().limit(MAX_NAMED).toList());
    int more = names.size() - MAX_NAMED;
    return more > 0 ? of("list.more", first, more) : first;
  }

  /** A share in percent, rounded down: anything short of all must not read as all. */
  public String percent(OptionalDouble share) {
    return share.isPresent()
        ? String.format(Locale.ROOT, "%.2f %%", Math.floor(share.getAsDouble() * 10_000) / 100)
        : of("uptime.unknown");
  }

  /** A length of time in its two largest units. */
  public String of(Duration time) {
    long minutes = Math.max(0, time.toMinutes());
    if (minutes < 1) {
      return of("time.seconds", Math.max(0, time.toSeconds()));
    }
    if (minutes < 60) {
      return of("time.minutes", minutes);
    }
    if (minutes < 24 * 60) {
      long rest = minutes % 60;
      return of("time.hours", minutes / 60) + (rest > 0 ? " " + of("time.minutes", rest) : "");
    }
    long hours = minutes % (24 * 60) / 60;
    return of("time.days", minutes / (24 * 60)) + (hours > 0 ? " " + of("time.hours", hours) : "");
  }

  /** An instant to the minute, in UTC. */
  public String of(Instant at) {
    String iso = at.truncatedTo(ChronoUnit.MINUTES).toString();
    return iso.substring(0, 10) + " " + iso.substring(11, 16) + " UTC";
  }
}
