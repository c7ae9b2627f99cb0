package parallax.coordinator.notify.mail.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;
import parallax.coordinator.notify.letter.Letter;

/** What a mail says around the texts of a letter, in one language. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String tag;
  private final Properties words;

  private Words(String tag, Properties words) {
    this.tag = tag;
    this.words = words;
  }

  static Words in(Letter.Language language) {
    String tag =
        switch (language) {
          case ENGLISH -> "en";
          case JAPANESE -> "ja";
        };
    Properties words = new Properties();
    try (InputStream in = Words.class.getResourceAsStream("words_" + tag + ".properties")) {
      if (in == null) {
        throw new IllegalStateException("no words for " + tag);
      }
      words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Words(tag, words);
  }

  /** RFC 5646. */
  String tag() {
    return tag;
  }

  String of(String key) {
    String words = this.words.getProperty(key);
    if (words == null) {
      throw new IllegalStateException(tag + " has no words for " + key);
    }
    return words;
  }

  String of(Letter.Grade grade) {
    return of("grade." + grade.name());
  }

  String of(Letter.Occasion occasion) {
    return of("occasion." + occasion.name());
  }

  String more(int count) {
    return of("more").replace("{0}", String.format(Locale.ROOT, "%,d", count));
  }

  String at(Instant time) {
    return TIME.format(time);
  }

  /** How bad it is before anything else, for a telephone shows forty characters. */
  String subject(Letter letter) {
    String drill = letter.drill() ? "[" + of("drill.mark") + "] " : "";
    String mark =
        letter.occasion() == Letter.Occasion.TEST ? of(letter.occasion()) : of(letter.grade());
    // It is marked already, but before anything else is better.
    String said = letter.headline();
    boolean twice = letter.drill() && said.startsWith(Letter.DRILL);
    String once = twice ? said.substring(Letter.DRILL.length()).strip() : said;
    return drill + "[" + mark + "] " + once;
  }
}
