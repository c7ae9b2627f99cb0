package parallax.coordinator.notify.letter;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of one language, as shipped in {@code letter_en.properties} and its siblings. What is
 * put into a text is never looked at again, so a name with braces stays one.
 */
public final class Texts {
  private static final Pattern SLOT = Pattern.compile("\\{([a-z]+)}");
  private static final Texts ENGLISH = read("letter_en.properties");
  private static final Texts JAPANESE = read("letter_ja.properties");

  private final SortedMap<String, String> texts;

  private Texts(SortedMap<String, String> texts) {
    this.texts = Collections.unmodifiableSortedMap(texts);
  }

  /** Those of a language. */
  public static Texts of(Letter.Language language) {
    return switch (language) {
      case ENGLISH -> ENGLISH;
      case JAPANESE -> JAPANESE;
    };
  }

  private static Texts read(String file) {
    Properties properties = new Properties();
    try (InputStream in = Texts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("not shipped: " + file);
      }
      try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        properties.load(reader);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot be read: " + file, e);
    }
    SortedMap<String, String> texts = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
    return new Texts(texts);
  }

  SortedMap<String, String> all() {
    return texts;
  }

  boolean has(String key) {
    return texts.containsKey(key);
  }

  /** The text of this key, which has no slots. */
  public String say(String key) {
    return say(key, Map.of());
  }

  /** The text of this key with one slot filled. */
  String say(String key, String slot, String value) {
    return say(key, Map.of(slot, value));
  }

  /** The text of this key with its slots filled; what it has no slot for is left out. */
  String say(String key, Map<String, String> values) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalStateException("no text for " + key);
    }
    Matcher slots = SLOT.matcher(text);
    StringBuilder said = new StringBuilder();
    while (slots.find()) {
      String value = values.get(slots.group(1));
      if (value == null) {
        throw new IllegalStateException("nothing to put into {" + slots.group(1) + "} of " + key);
      }
      slots.appendReplacement(said, Matcher.quoteReplacement(value));
    }
    return slots.appendTail(said).toString();
  }

  /** A list, cut where nobody reads on; the list has at least one item. */
  String list(List<String> items, int max) {
    String shown = String.join(say("list.separator"), items.stream().limit(max).toList());
    int more = items.size() - max;
    return more > 0 ? say("list.more", Map.of("list", shown, "more", String.valueOf(more))) : shown;
  }
}
