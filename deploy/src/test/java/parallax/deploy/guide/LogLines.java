package parallax.deploy.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every line of level WARN and ERROR that sources can write to the log. */
final class LogLines {
  /** Probes for Prometheus show a log of their own on their page, which is called {@code log}. */
  private static final Pattern OF_PROBES = Pattern.compile("\\bLOG\\s*\\.\\s*(warn|error)\\(");

  private static final Pattern CALL = Pattern.compile("\\b(?:LOG|log)\\s*\\.\\s*(warn|error)\\(");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NAME = Pattern.compile("\\w+");

  /** Stands for what differs. */
  private static final String ANY = "…";

  /**
   * A line.
   *
   * @param words as they are written, {@code …} for what differs
   * @param of the class that writes it
   */
  record Line(String words, String level, String of) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      return toString().compareTo(other.toString());
    }
  }

  private LogLines() {}

  /** All of them, sorted by their words. */
  static SortedSet<Line> of(List<Path> sources) throws IOException {
    SortedSet<Line> lines = new TreeSet<>();
    for (Path root : sources) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          lines.addAll(in(file));
        }
      }
    }
    return lines;
  }

  private static SortedSet<Line> in(Path file) throws IOException {
    String source = Files.readString(file);
    String name = file.getFileName().toString().replace(".java", "");
    boolean blackbox = file.toString().contains("/probe/blackbox/");
    SortedSet<Line> lines = new TreeSet<>();
    Matcher call = (blackbox ? OF_PROBES : CALL).matcher(source);
    while (call.find()) {
      String level = call.group(1).toUpperCase(Locale.ROOT);
      String argument = firstArgument(source, call.end());
      if (NAME.matcher(argument).matches()) {
        argument = value(source, argument);
      }
      lines.add(new Line(words(argument), level, name));
    }
    return lines;
  }

  private static String words(String argument) {
    return LITERAL
        .matcher(argument)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.joining())
        .replace("\\\"", "\"")
        .replace("{}", ANY);
  }

  /** What a name stands for in its file. */
  private static String value(String source, String name) {
    Matcher found =
        Pattern.compile("String " + name + " =\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"[\\s+]*)+);")
            .matcher(source);
    if (!found.find()) {
      throw new AssertionError("a line of the log begins with words, not with " + name);
    }
    return found.group(1);
  }

  /** As far as a comma, or the end of the call, outside of texts and inner brackets. */
  private static String firstArgument(String source, int from) {
    int depth = 1;
    boolean text = false;
    int at = from;
    for (; at < source.length(); at++) {
      char c = source.charAt(at);
      if (text) {
        at += c == '\\' ? 1 : 0;
        text = c != '"';
        continue;
      }
      text = c == '"';
      depth += "([{".indexOf(c) >= 0 ? 1 : 0;
      depth -= ")]}".indexOf(c) >= 0 ? 1 : 0;
      if (depth == 0 || (depth == 1 && c == ',')) {
        break;
      }
    }
    return source.substring(from, at).strip();
  }
}
