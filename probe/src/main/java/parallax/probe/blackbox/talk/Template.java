package parallax.probe.blackbox.talk;

import com.google.re2j.Matcher;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text in which {@code $1}, {@code ${1}} and {@code ${name}} stand for groups of a match. */
final class Template {
  private Template() {}

  /**
   * Expands as Go's Regexp.Expand does: a group that is not there is empty, {@code $$} is a dollar.
   *
   * @param template each character a byte
   * @param match found in {@code line}
   */
  static byte[] expand(String template, Matcher match, byte[] line) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        out.writeBytes(template.substring(at).getBytes(StandardCharsets.ISO_8859_1));
        break;
      }
      out.writeBytes(template.substring(at, dollar).getBytes(StandardCharsets.ISO_8859_1));
      if (template.startsWith("$$", dollar)) {
        out.write('$');
        at = dollar + 2;
        continue;
      }
      boolean braced = template.startsWith("${", dollar);
      int start = dollar + (braced ? 2 : 1);
      int end = start;
      while (end < template.length() && isWord(template.charAt(end))) {
        end++;
      }
      boolean malformed = end == start || (braced && !template.startsWith("}", end));
      if (malformed) {
        out.write('$');
        at = dollar + 1;
      } else {
        out.writeBytes(group(template.substring(start, end), match, line));
        at = end + (braced ? 1 : 0);
      }
    }
    return out.toByteArray();
  }

  private static boolean isWord(char c) {
    return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
  }

  private static byte[] group(String name, Matcher match, byte[] line) {
    int number = -1;
    if (name.matches("[0-9]{1,4}")) {
      number = Integer.parseInt(name);
    } else if (match.pattern().namedGroups().containsKey(name)) {
      number = match.pattern().namedGroups().get(name);
    }
    boolean there = number >= 0 && number <= match.groupCount() && match.start(number) >= 0;
    return there ? Arrays.copyOfRange(line, match.start(number), match.end(number)) : new byte[0];
  }
}
