package parallax.coordinator.view;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The commit that a configuration is of.
 *
 * @param commit its hash, 40 hexadecimal digits
 * @param author a name; printable, as the subject is
 * @param time when it was committed, by its committer's clock
 * @param subject the first line of what was said about it
 */
public record SourceRevision(String commit, String author, Instant time, String subject) {
  /** Longer texts are cut. */
  public static final int MAX_TEXT = 200;

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final int SHORT = 12;

  public SourceRevision {
    if (!COMMIT.matcher(commit).matches()) {
      throw new IllegalArgumentException("not a commit: " + commit);
    }
    author = printable(author);
    subject = printable(subject);
  }

  /** The first digits of the commit, enough for people. */
  public String brief() {
    return commit.substring(0, SHORT);
  }

  private static String printable(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .limit(MAX_TEXT)
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean hidden =
                  Character.isISOControl(c)
                      || type == Character.FORMAT
                      || type == Character.SURROGATE
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR;
              kept.appendCodePoint(hidden ? '\uFFFD' : c);
            });
    return kept.toString();
  }
}
