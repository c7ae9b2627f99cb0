package parallax.config.check.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A place in a JSON document: the singular queries of RFC 9535 section 2.3.5.1 in their short
 * forms, {@code $.checks.db[0]} and {@code $['a b']}.
 *
 * @param steps from the root
 */
public record JsonPath(List<Step> steps) {
  /** The deepest path. */
  public static final int MAX_STEPS = 32;

  public JsonPath {
    steps = List.copyOf(steps);
  }

  /** One step down. */
  public sealed interface Step {}

  public record Member(String name) implements Step {}

  public record Element(int index) implements Step {}

  /** The path written as {@code text}; empty when it is not a singular query. */
  public static Optional<JsonPath> parse(String text) {
    if (!text.startsWith("$")) {
      return Optional.empty();
    }
    List<Step> steps = new ArrayList<>();
    int at = 1;
    while (at < text.length() && steps.size() < MAX_STEPS) {
      int end = text.charAt(at) == '.' ? memberEnd(text, at + 1) : bracketEnd(text, at);
      Optional<Step> step = end < 0 ? Optional.empty() : step(text.substring(at, end));
      if (step.isEmpty()) {
        return Optional.empty();
      }
      steps.add(step.get());
      at = end;
    }
    return at < text.length() ? Optional.empty() : Optional.of(new JsonPath(steps));
  }

  private static int memberEnd(String text, int from) {
    int end = from;
    while (end < text.length() && ".[".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end == from ? -1 : end;
  }

  private static int bracketEnd(String text, int from) {
    if (text.charAt(from) != '[') {
      return -1;
    }
    boolean quoted = text.startsWith("'", from + 1);
    int close = quoted ? text.indexOf("']", from + 2) : text.indexOf(']', from);
    return close < 0 ? -1 : close + (quoted ? 2 : 1);
  }

  private static Optional<Step> step(String written) {
    if (written.startsWith(".")) {
      return Optional.of(new Member(written.substring(1)));
    }
    if (written.startsWith("['")) {
      return Optional.of(new Member(written.substring(2, written.length() - 2)));
    }
    String index = written.substring(1, written.length() - 1);
    boolean isNumber =
        !index.isEmpty() && index.length() <= 9 && index.chars().allMatch(Character::isDigit);
    return isNumber ? Optional.of(new Element(Integer.parseInt(index))) : Optional.empty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("$");
    for (Step step : steps) {
      switch (step) {
        case Member(String name) -> text.append("['").append(name).append("']");
        case Element(int index) -> text.append('[').append(index).append(']');
      }
    }
    return text.toString();
  }
}
