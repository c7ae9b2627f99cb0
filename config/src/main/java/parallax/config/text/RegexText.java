package parallax.config.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Regular expressions of RE2: linear in the text that is searched, and bounded in memory here,
 * because counted repeats inside counted repeats multiply the size of the compiled program.
 */
public final class RegexText {
  /** The longest pattern, in UTF-16 code units. */
  public static final int MAX_LENGTH = 512;

  /** The greatest product of the counts of nested repeats, as {@code (a{10}){100}}. */
  public static final int MAX_REPEAT = 1_000;

  private RegexText() {}

  /** A compiled pattern, or why there is none. */
  public sealed interface Compiled {
    record Good(Pattern pattern) implements Compiled {}

    record Bad(String why) implements Compiled {}
  }

  public static Compiled compile(String regex) {
    if (regex.length() > MAX_LENGTH) {
      return new Compiled.Bad(
          "the pattern has " + regex.length() + " characters, at most " + MAX_LENGTH);
    }
    if (repeats(regex) > MAX_REPEAT) {
      return new Compiled.Bad(
          "the counts of repeats inside one another multiply to more than " + MAX_REPEAT);
    }
    try {
      return new Compiled.Good(Pattern.compile(regex));
    } catch (PatternSyntaxException e) {
      return new Compiled.Bad("not a regular expression of RE2: " + e.getDescription());
    }
  }

  /** The greatest product of nested counts; at most about {@code MAX_REPEAT} squared. */
  private static long repeats(String regex) {
    Deque<Long> groups = new ArrayDeque<>();
    long group = 1;
    long atom = 1;
    int at = 0;
    while (at < regex.length() && group <= MAX_REPEAT) {
      int end = at + 1;
      switch (regex.charAt(at)) {
        case '\\' -> {
          end = escapeEnd(regex, at);
          atom = 1;
        }
        case '[' -> {
          end = classEnd(regex, at);
          atom = 1;
        }
        case '(' -> {
          groups.push(group);
          group = 1;
          atom = 1;
        }
        case ')' -> {
          atom = group;
          group = groups.isEmpty() ? group : Math.max(groups.pop(), atom);
        }
        case '{' -> {
          int close = regex.indexOf('}', at);
          atom *= close < 0 ? 1 : count(regex.substring(at + 1, close));
          group = Math.max(group, atom);
        }
        case '*', '+', '?' -> {}
        default -> atom = 1;
      }
      at = end;
    }
    return group;
  }

  private static int escapeEnd(String regex, int at) {
    if (!regex.startsWith("\\Q", at)) {
      return Math.min(at + 2, regex.length());
    }
    int end = regex.indexOf("\\E", at + 2);
    return end < 0 ? regex.length() : end + 2;
  }

  private static int classEnd(String regex, int at) {
    int end = regex.startsWith("[^", at) ? at + 2 : at + 1;
    // A bracket right at the start stands for itself.
    end = regex.startsWith("]", end) ? end + 1 : end;
    while (end < regex.length() && regex.charAt(end) != ']') {
      if (regex.startsWith("[:", end) && regex.indexOf(":]", end) > 0) {
        end = regex.indexOf(":]", end) + 2;
      } else {
        end += regex.charAt(end) == '\\' ? 2 : 1;
      }
    }
    return Math.min(end + 1, regex.length());
  }

  /** The greater count of {@code n}, {@code n,} or {@code n,m}; 1 when it is plain text. */
  private static long count(String inside) {
    long count = 1;
    for (String number : inside.split(",", -1)) {
      if (number.chars().allMatch(c -> c >= '0' && c <= '9') && !number.isEmpty()) {
        count = Math.max(count, number.length() > 4 ? MAX_REPEAT + 1 : Integer.parseInt(number));
      }
    }
    return count;
  }
}
