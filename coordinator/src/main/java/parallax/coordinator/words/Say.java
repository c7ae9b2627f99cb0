package parallax.coordinator.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the operator's pages say in one language, by the names of texts as in {@code
 * en.properties}. Texts are read and taken apart once; saying one is a look into a map.
 */
public final class Say {
  /** Texts of which the English is recognised in what others say. */
  static final String KNOWN = "known.";

  private static final String COLUMN = "column.";

  /** Longer texts are not looked at: nothing here says so much. */
  static final int MAX_KNOWN = 1_000;

  private static final Map<Language, Say> ALL = all();

  private final Language language;
  private final SortedMap<String, String> texts;
  private final Map<String, Template> plain = new HashMap<>();
  private final Map<String, Template> escaped = new HashMap<>();
  private final Map<String, String> headings = new HashMap<>();
  private final List<Known> known = new ArrayList<>();
  private final Sentences sentences;

  /** A text as it is recognised, and as it is said here. */
  private record Known(Template english, Template here) {
    Optional<String> said(String text) {
      return english.valuesIn(text).map(values -> here.filled(values.toArray()));
    }
  }

  private Say(Language language, SortedMap<String, String> texts, Map<String, String> english) {
    this.language = language;
    this.texts = texts;
    texts.forEach(
        (key, text) -> {
          plain.put(key, new Template(text));
          escaped.put(key, new Template(escaped(text)));
          if (key.startsWith(COLUMN)) {
            headings.put(key.substring(COLUMN.length()), escaped(text));
          }
        });
    if (language != Language.EN) {
      english.forEach(
          (key, text) ->
              Optional.ofNullable(plain.get(key))
                  .filter(_ -> key.startsWith(KNOWN))
                  .ifPresent(here -> known.add(new Known(new Template(text), here))));
    }
    // The one that says most: others may be a part of it.
    known.sort(Comparator.comparingInt((Known each) -> each.english().letters()).reversed());
    sentences = new Sentences(this);
  }

  private static Map<Language, Say> all() {
    Map<Language, Say> all = new EnumMap<>(Language.class);
    SortedMap<String, String> english = read(Language.EN);
    for (Language language : Language.values()) {
      all.put(language, new Say(language, read(language), english));
    }
    return all;
  }

  private static SortedMap<String, String> read(Language language) {
    String name = language.tag() + ".properties";
    Properties properties = new Properties();
    try (InputStream file = Say.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
    SortedMap<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return Collections.unmodifiableSortedMap(texts);
  }

  /** What is said in a language. */
  public static Say in(Language language) {
    return Optional.ofNullable(ALL.get(language)).orElseThrow();
  }

  public Language language() {
    return language;
  }

  /** What the core found, in sentences. */
  public Sentences core() {
    return sentences;
  }

  /** All texts by their names. */
  SortedMap<String, String> texts() {
    return texts;
  }

  /**
   * A text.
   *
   * @param values take the places {@code {0}}, {@code {1}} and so on
   * @throws IllegalArgumentException when there is no text of this name
   */
  public String of(String key, Object... values) {
    return found(plain, key).filled(values);
  }

  /**
   * A text in HTML.
   *
   * @param values of HTML, which take the places as they are
   * @throws IllegalArgumentException when there is no text of this name
   */
  public String html(String key, Object... values) {
    return found(escaped, key).filled(values);
  }

  /** The name of a text of so many things: KEY{@code .one}, or KEY{@code .many}. */
  public static String form(String key, long count) {
    return key + (count == 1 ? ".one" : ".many");
  }

  private Template found(Map<String, Template> templates, String key) {
    Template template = templates.get(key);
    if (template == null) {
      throw new IllegalArgumentException("no text " + key + " in " + language);
    }
    return template;
  }

  /** What another part of Parallax says in English, in this language; else as it is. */
  public String known(String english) {
    if (language == Language.EN || english.length() > MAX_KNOWN) {
      return english;
    }
    Optional<String> finding = sentences.known(english);
    return finding.orElseGet(
        () ->
            known.stream()
                .flatMap(each -> each.said(english).stream())
                .findFirst()
                .orElse(english));
  }

  /** Some of a list, and how many more there are; empty of none. */
  public String list(List<String> all, int most) {
    String first = String.join(of("list.comma"), all.stream().limit(most).toList());
    int more = all.size() - most;
    return more > 0 ? of("list.more", first, more) : first;
  }

  /** The heading of a column, in HTML, by the last part of its name {@code column.…}. */
  public String heading(String column) {
    String heading = headings.get(column);
    if (heading == null) {
      throw new IllegalArgumentException("no column " + column);
    }
    return heading;
  }

  /**
   * A share in per cent, rounded down: anything short of all the time must not read as all the
   * time.
   */
  public String percent(double share) {
    return of("percent", String.format(Locale.ROOT, "%.2f", Math.floor(share * 10_000) / 100));
  }

  /** The same in whole per cents. */
  public String wholePercent(double share) {
    return of("percent", (int) Math.floor(share * 100));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
