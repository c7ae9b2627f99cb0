package parallax.deploy.carry.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes parts as YAML, each single value on a line of its own. */
final class Writer {
  private static final int MAX_REMARK = 300;
  private static final Pattern BARE =
      Pattern.compile("[A-Za-z/](?:[A-Za-z0-9_./:-]*[A-Za-z0-9_./-])?");
  private static final Pattern DURATION = Pattern.compile("(?:[0-9]+(?:ms|s|m|h|d|w))+");
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final StringBuilder text = new StringBuilder();
  private final List<List<Integer>> lines = new ArrayList<>();

  private Writer() {}

  /**
   * What is written.
   *
   * @param lines for each line, from the first, the way to the part that stands on it: which part
   *     of the whole, which part of that, and so on
   */
  record Written(String text, List<List<Integer>> lines) {
    Written {
      lines = List.copyOf(lines);
    }
  }

  /** The document; {@code head} are comments in front. */
  static Written write(Part.Keys root, List<String> head) {
    Writer writer = new Writer();
    head.forEach(line -> writer.line(line.isEmpty() ? "#" : "# " + remark(line), List.of()));
    writer.keys(root, "", "", List.of());
    return new Written(writer.text.toString(), writer.lines);
  }

  private void line(String line, List<Integer> way) {
    text.append(line).append('\n');
    lines.add(way);
  }

  /**
   * A mapping.
   *
   * @param first what its first line begins with
   * @param indent what its other lines begin with
   */
  private void keys(Part.Keys keys, String first, String indent, List<Integer> way) {
    for (int index = 0; index < keys.entries().size(); index++) {
      Part.Entry entry = keys.entries().get(index);
      String start = (index == 0 ? first : indent) + quoted(entry.key()) + ":";
      List<Integer> here = with(way, index);
      switch (entry.value()) {
        case Part.Word word -> line(start + " " + shown(word), here);
        case Part.Rows rows -> {
          line(start, here);
          rows(rows, indent + "  ", here);
        }
        case Part.Keys inner -> {
          line(start, here);
          keys(inner, indent + "  ", indent + "  ", here);
        }
      }
    }
  }

  private void rows(Part.Rows rows, String indent, List<Integer> way) {
    for (int index = 0; index < rows.parts().size(); index++) {
      List<Integer> here = with(way, index);
      switch (rows.parts().get(index)) {
        case Part.Word word -> line(indent + "- " + shown(word), here);
        case Part.Rows inner -> {
          line(indent + "-", here);
          rows(inner, indent + "  ", here);
        }
        case Part.Keys keys -> {
          keys.remarks().forEach(remark -> line(indent + "# " + remark(remark), here));
          keys(keys, indent + "- ", indent + "  ", here);
        }
      }
    }
  }

  private static List<Integer> with(List<Integer> way, int index) {
    List<Integer> longer = new ArrayList<>(way);
    longer.add(index);
    return List.copyOf(longer);
  }

  private static String shown(Part.Word word) {
    return word.plain() ? word.text() : quoted(word.text());
  }

  /** As a scalar that is text whoever reads it. */
  static String quoted(String text) {
    boolean bare =
        (BARE.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT)))
            || DURATION.matcher(text).matches();
    if (bare) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(point -> quoted.append(escaped(point)));
    return quoted.append('"').toString();
  }

  /** YAML 1.2 section 5.7. */
  private static String escaped(int point) {
    return switch (point) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> isShown(point) ? Character.toString(point) : "\\U%08X".formatted(point);
    };
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** One line of a comment. */
  private static String remark(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MAX_REMARK)
        .forEach(point -> line.appendCodePoint(isShown(point) ? point : ' '));
    return line.toString();
  }
}
