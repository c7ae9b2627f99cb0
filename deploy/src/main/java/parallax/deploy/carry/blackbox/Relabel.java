package parallax.deploy.carry.blackbox;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parallax.deploy.carry.theirs.Table;
import parallax.probe.blackbox.read.Node;

/** The relabel_config of Prometheus, on the labels of one target. */
final class Relabel {
  private static final String USUAL_SEPARATOR = ";";
  private static final String USUAL_REGEX = "(.*)";
  private static final String USUAL_REPLACEMENT = "$1";

  private Relabel() {}

  /** What a rule makes of labels. */
  sealed interface Outcome {
    record Labels(Map<String, String> labels) implements Outcome {}

    /** The target is not scraped. */
    record Dropped() implements Outcome {}

    /** It cannot be said. */
    record Unknown(String why) implements Outcome {}
  }

  static Outcome apply(Table rule, Map<String, String> labels) {
    String action = rule.text("action").orElse("replace").toLowerCase(Locale.ROOT);
    String separator = rule.text("separator").orElse(USUAL_SEPARATOR);
    Pattern pattern;
    try {
      pattern = Pattern.compile("^(?s:" + rule.text("regex").orElse(USUAL_REGEX) + ")$");
    } catch (PatternSyntaxException e) {
      return new Outcome.Unknown("its regex is none of RE2");
    }
    List<Node.Leaf> sources = rule.leaves("source_labels");
    String value =
        sources.stream()
            .map(source -> labels.getOrDefault(source.text(), ""))
            .collect(Collectors.joining(separator));
    Matcher matcher = pattern.matcher(value);
    Map<String, String> after = new TreeMap<>(labels);
    Optional<String> into = rule.text("target_label");
    switch (action) {
      case "replace" -> {
        String replacement = rule.take("replacement").map(Relabel::leaf).orElse(USUAL_REPLACEMENT);
        if (into.isEmpty()) {
          return new Outcome.Unknown("'target_label' is missing");
        }
        if (matcher.matches()) {
          put(after, into.get(), expanded(replacement, matcher));
        }
      }
      case "keep" -> {
        return matcher.matches() ? new Outcome.Labels(labels) : new Outcome.Dropped();
      }
      case "drop" -> {
        return matcher.matches() ? new Outcome.Dropped() : new Outcome.Labels(labels);
      }
      case "lowercase" -> into.ifPresent(key -> put(after, key, value.toLowerCase(Locale.ROOT)));
      case "uppercase" -> into.ifPresent(key -> put(after, key, value.toUpperCase(Locale.ROOT)));
      case "labeldrop" -> after.keySet().removeIf(key -> pattern.matcher(key).matches());
      case "labelkeep" -> after.keySet().removeIf(key -> !pattern.matcher(key).matches());
      case "labelmap" -> {
        String replacement = rule.take("replacement").map(Relabel::leaf).orElse(USUAL_REPLACEMENT);
        labels.forEach(
            (key, text) -> {
              Matcher name = pattern.matcher(key);
              if (name.matches()) {
                put(after, expanded(replacement, name), text);
              }
            });
      }
      default -> {
        return new Outcome.Unknown("its action '" + Table.shown(action) + "' is not known here");
      }
    }
    return new Outcome.Labels(after);
  }

  private static String leaf(Node node) {
    return node instanceof Node.Leaf leaf ? leaf.text() : "";
  }

  /** An empty value is no label. */
  private static void put(Map<String, String> labels, String key, String value) {
    if (value.isEmpty()) {
      labels.remove(key);
    } else {
      labels.put(key, value);
    }
  }

  /** As Go's Regexp.Expand has it, with groups by number: $1 and ${1}. */
  private static String expanded(String template, Matcher matcher) {
    StringBuilder text = new StringBuilder();
    java.util.regex.Matcher references =
        java.util.regex.Pattern.compile("\\$(?:([0-9]+)|\\{([0-9]+)}|(\\$))").matcher(template);
    int at = 0;
    while (references.find()) {
      text.append(template, at, references.start());
      at = references.end();
      String number =
          Optional.ofNullable(references.group(1))
              .or(() -> Optional.ofNullable(references.group(2)))
              .orElse("");
      text.append(number.isEmpty() ? "$" : group(matcher, number));
    }
    return text.append(template.substring(at)).toString();
  }

  private static String group(Matcher matcher, String number) {
    boolean there = number.length() < 4 && Integer.parseInt(number) <= matcher.groupCount();
    return there ? Optional.ofNullable(matcher.group(Integer.parseInt(number))).orElse("") : "";
  }
}
