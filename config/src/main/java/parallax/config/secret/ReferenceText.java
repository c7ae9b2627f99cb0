package parallax.config.secret;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text with references to values that stand elsewhere: an environment variable as <code>
 * ${env:NAME}</code>, a file's content as <code>${file:/path}</code> and, where a step took
 * something from an answer, <code>${name}</code>. A literal <code>${</code> is written <code>$${
 * </code>.
 */
public final class ReferenceText {
  private static final String START = "${";
  private static final String ESCAPED_START = "$${";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  /** The longest path of a referenced file. */
  private static final int MAX_PATH = 1_024;

  private ReferenceText() {}

  /** A piece of text. */
  public sealed interface Part {}

  /** Stands for itself. */
  public record Literal(String text) implements Part {}

  /** An environment variable. */
  public record Variable(String name) implements Part {}

  /** The content of a file. */
  public record Content(String path) implements Part {}

  /** A value that an earlier step captured. */
  public record Captured(String name) implements Part {}

  /** The text when it holds no reference; empty when it does. */
  public static Optional<String> literal(String text) {
    if (!text.contains(START)) {
      return Optional.of(text);
    }
    return text.replace(ESCAPED_START, "").contains(START)
        ? Optional.empty()
        : Optional.of(text.replace(ESCAPED_START, START));
  }

  /** The pieces of {@code text}; empty when a reference is not well formed. */
  public static Optional<List<Part>> parse(String text) {
    List<Part> parts = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith(ESCAPED_START, at)) {
        literal.append(START);
        at += ESCAPED_START.length();
      } else if (text.startsWith(START, at)) {
        int end = text.indexOf('}', at);
        Optional<Part> reference =
            end < 0 ? Optional.empty() : reference(text.substring(at + START.length(), end));
        if (reference.isEmpty()) {
          return Optional.empty();
        }
        addLiteral(parts, literal);
        parts.add(reference.get());
        at = end + 1;
      } else {
        literal.append(text.charAt(at));
        at++;
      }
    }
    addLiteral(parts, literal);
    return Optional.of(parts);
  }

  private static void addLiteral(List<Part> parts, StringBuilder literal) {
    if (!literal.isEmpty()) {
      parts.add(new Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private static Optional<Part> reference(String inside) {
    if (inside.startsWith("env:")) {
      String name = inside.substring("env:".length());
      return NAME.matcher(name).matches() ? Optional.of(new Variable(name)) : Optional.empty();
    }
    if (inside.startsWith("file:")) {
      String path = inside.substring("file:".length());
      boolean sane = !path.isBlank() && path.length() <= MAX_PATH && path.indexOf('\0') < 0;
      return sane ? Optional.of(new Content(path)) : Optional.empty();
    }
    return NAME.matcher(inside).matches() ? Optional.of(new Captured(inside)) : Optional.empty();
  }
}
