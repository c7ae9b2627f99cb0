package parallax.coordinator.store;

import java.time.Instant;

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

  /**
   * One that is on record.
   *
   * @param number in the order in which they were written, from 1
   * @param hash of the row, in hexadecimal, as {@link AuditTrail} follows them
   */
  public record Row(long number, Instant at, AuditEntry entry, String hash) {}

  /**
   * Which ones, each text in any case of the letters A to Z; empty: any.
   *
   * @param who a part of who did it
   * @param what a part of the action or of its detail
   */
  public record Filter(String who, String what) {
    /** All of them. */
    public static final Filter ALL = new Filter("", "");

    /** Characters of a text; more are not read. */
    public static final int MAX_TEXT = 200;

    public Filter {
      who = who.substring(0, Math.min(who.length(), MAX_TEXT));
      what = what.substring(0, Math.min(what.length(), MAX_TEXT));
    }
  }
}
