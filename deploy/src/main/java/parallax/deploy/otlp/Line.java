package parallax.deploy.otlp;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A line of a page in Prometheus' text format 0.0.4, as far as it matters here. */
sealed interface Line {
  /** What a family is; the lines of its samples follow. */
  record Type(String family, String type) implements Line {}

  record Help(String family, String text) implements Line {}

  record Sample(String name, SortedMap<String, String> labels, double value) implements Line {
    public Sample {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
  }

  /** Reads one; empty when it is none of these. */
  static Optional<Line> read(String text) {
    try {
      if (text.startsWith("# TYPE ")) {
        String[] words = text.split(" ", 4);
        return Optional.of(new Type(words[2], words[3].strip()));
      }
      if (text.startsWith("# HELP ")) {
        String[] words = text.split(" ", 4);
        return Optional.of(new Help(words[2], words.length > 3 ? words[3] : ""));
      }
      return text.isEmpty() || text.startsWith("#") ? Optional.empty() : Optional.of(sample(text));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Sample sample(String text) {
    SortedMap<String, String> labels = new TreeMap<>();
    int brace = text.indexOf('{');
    int space = text.indexOf(' ');
    boolean labelled = brace >= 0 && brace < space;
    int at = labelled ? brace + 1 : space;
    while (labelled && text.charAt(at) != '}') {
      int equals = text.indexOf('=', at);
      String name = text.substring(at, equals);
      StringBuilder value = new StringBuilder();
      at = equals + 2;
      while (text.charAt(at) != '"') {
        char c = text.charAt(at++);
        if (c == '\\') {
          char escaped = text.charAt(at++);
          value.append(escaped == 'n' ? '\n' : escaped);
        } else {
          value.append(c);
        }
      }
      labels.put(name, value.toString());
      at += text.charAt(at + 1) == ',' ? 2 : 1;
    }
    String name = text.substring(0, labelled ? brace : space);
    return new Sample(name, labels, number(text.substring(labelled ? at + 2 : at + 1).strip()));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case "NaN" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }
}
