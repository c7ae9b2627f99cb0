package parallax.probe.registration.whois;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.probe.registration.whois.table.KeyText;
import parallax.probe.registration.whois.table.WhoisTables;

/**
 * A line taken apart at the mark between key and value: a colon, brackets around the key, a row of
 * dots, a tab, or nothing but a key that is known.
 *
 * @param key as {@link KeyText} has it
 * @param value without surrounding space; may be empty
 */
record KeyedLine(String key, String value) {
  private static final Pattern BRACKETED =
      Pattern.compile("^(?:[a-z]\\.? )?\\[([^]]{1,60})]\\s*(.*)$");
  private static final Pattern DOTTED =
      Pattern.compile("^([^.:]{2,60}?)#?(?:\\.\\s?){3,}:?\\s*(.*)$");
  private static final Pattern COLON = Pattern.compile("^([^:]{1,90}?)[\\s.#]*:(.*)$");
  private static final Pattern GAP = Pattern.compile("^(\\S+(?: \\S+){0,6})(?:\\t+| {2,})(.+)$");
  private static final int MAX_WORDS = 8;

  /** {@code line}, stripped, as key and value; empty for any other text. */
  static Optional<KeyedLine> of(String line, WhoisTables tables) {
    if (line.indexOf('[') >= 0) {
      Matcher bracketed = BRACKETED.matcher(line);
      if (bracketed.matches()) {
        return keyed(bracketed.group(1), bracketed.group(2));
      }
    }
    if (line.contains("..") || line.contains(". .")) {
      Matcher dotted = DOTTED.matcher(line);
      if (dotted.matches()) {
        return keyed(dotted.group(1), dotted.group(2));
      }
    }
    Matcher colon = COLON.matcher(line);
    if (line.indexOf(':') >= 0 && colon.matches()) {
      Optional<KeyedLine> keyed = keyed(colon.group(1), colon.group(2));
      boolean apart = colon.group(2).isEmpty() || colon.group(2).startsWith(" ");
      if (keyed.isPresent() && (apart || colon.group(2).startsWith("\t") || known(keyed, tables))) {
        return keyed;
      }
    }
    boolean wide = line.contains("  ") || line.indexOf('\t') >= 0;
    Matcher gap = GAP.matcher(line);
    if (wide && gap.matches()) {
      return keyed(gap.group(1), gap.group(2)).filter(found -> known(Optional.of(found), tables));
    }
    return Optional.empty();
  }

  /** The longest known key that {@code line} begins with, such as "Record expires on". */
  static Optional<KeyedLine> beginning(String line, WhoisTables tables) {
    List<String> words = List.of(line.split("\\s+", MAX_WORDS + 1));
    if (!tables.startsKey(words.getFirst())) {
      return Optional.empty();
    }
    for (int count = Math.min(MAX_WORDS, words.size() - 1); count > 0; count--) {
      String key = KeyText.of(String.join(" ", words.subList(0, count)));
      if (tables.role(key).isPresent()) {
        String value = String.join(" ", words.subList(count, words.size()));
        return Optional.of(new KeyedLine(key, value));
      }
    }
    return Optional.empty();
  }

  private static boolean known(Optional<KeyedLine> line, WhoisTables tables) {
    return line.filter(found -> tables.role(found.key()).isPresent()).isPresent();
  }

  private static Optional<KeyedLine> keyed(String rawKey, String rawValue) {
    String key = KeyText.of(rawKey);
    return key.isEmpty() || key.chars().noneMatch(Character::isLetter)
        ? Optional.empty()
        : Optional.of(new KeyedLine(key, rawValue.strip()));
  }
}
