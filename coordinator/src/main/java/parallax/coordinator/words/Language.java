package parallax.coordinator.words;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language of pages. */
public enum Language {
  EN("en", "English"),
  JA("ja", "日本語");

  /** The parameter of a query by which one is asked for. */
  public static final String PARAMETER = "lang";

  /** What nobody can want more of is not read. */
  private static final int MAX_HEADER = 1_000;

  private final String tag;
  private final String own;

  Language(String tag, String own) {
    this.tag = tag;
    this.own = own;
  }

  /** As in the attribute {@code lang} (RFC 5646). */
  public String tag() {
    return tag;
  }

  /** What it calls itself. */
  public String own() {
    return own;
  }

  /** The language of this tag, whatever comes behind its first part. */
  public static Optional<Language> of(String written) {
    String first = written.strip().toLowerCase(Locale.ROOT).split("-", 2)[0];
    return Arrays.stream(values()).filter(language -> language.tag.equals(first)).findFirst();
  }

  /**
   * The language that a reader likes best, of those that there are; English where there is none.
   *
   * @param accept the header Accept-Language (RFC 9110 section 12.5.4), or empty
   */
  public static Language accepted(String accept) {
    Language best = EN;
    double most = 0;
    List<String> ranges =
        List.of(accept.substring(0, Math.min(MAX_HEADER, accept.length())).split(",", -1));
    for (String range : ranges) {
      String[] parts = range.split(";", 2);
      double weight = parts.length > 1 ? weight(parts[1]) : 1;
      Optional<Language> language = of(parts[0]);
      if (language.isPresent() && weight > most) {
        best = language.get();
        most = weight;
      }
    }
    return best;
  }

  private static double weight(String parameter) {
    String[] pair = parameter.strip().split("=", 2);
    try {
      boolean isWeight = pair.length > 1 && pair[0].strip().equals("q");
      double weight = isWeight ? Double.parseDouble(pair[1].strip()) : 0;
      return weight >= 0 && weight <= 1 ? weight : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
