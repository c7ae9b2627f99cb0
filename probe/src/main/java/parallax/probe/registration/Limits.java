package parallax.probe.registration;

/** Bounds of what is read from a registry and of what is kept of it. */
public final class Limits {
  /** Of an answer; what is longer is not read to its end. */
  public static final int MAX_ANSWER_BYTES = 1 << 20;

  public static final int MAX_STATUSES = 64;
  public static final int MAX_NAME_SERVERS = 64;
  public static final int MAX_LOCKS = 64;

  /** Of one name, status, registrar or reason. */
  public static final int MAX_TEXT_CHARS = 255;

  private Limits() {}

  /** {@code text} in one line, cut to {@link #MAX_TEXT_CHARS}. */
  public static String kept(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    if (line.length() <= MAX_TEXT_CHARS) {
      return line;
    }
    int end =
        Character.isHighSurrogate(line.charAt(MAX_TEXT_CHARS - 1))
            ? MAX_TEXT_CHARS - 1
            : MAX_TEXT_CHARS;
    return line.substring(0, end);
  }
}
