package parallax.coordinator.store;

/**
 * Something that somebody did, to be kept for good.
 *
 * @param who a person, or the part of Parallax that acted by itself
 * @param action what was done, in one word or two, such as {@code configuration}
 * @param detail to what; without secrets
 */
public record AuditEntry(String who, String action, String detail) {
  /** Longer texts are cut off. */
  public static final int MAX_LENGTH = 2000;

  public AuditEntry {
    who = plain(who);
    action = plain(action);
    detail = plain(detail);
  }

  /** One line, of characters that every database gives back as they were. */
  private static String plain(String text) {
    String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
    return cut.replaceAll("[\\p{Cc}\\p{Cs}\\u202a-\\u202e\\u2066-\\u2069]", " ");
  }
}
