package parallax.coordinator.page.dates;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import parallax.config.observation.Printable;
import parallax.config.target.TargetName;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** What will run out, as a calendar in UTF-8 that programs subscribe to (RFC 5545). */
public final class CalendarFeed {
  /** The type of the document (RFC 5545 section 8.1). */
  public static final String TYPE = "text/calendar; charset=utf-8";

  /** Of more events than this the later ones are left out. */
  static final int MAX_EVENTS = 5000;

  /** Longer texts are cut, in UTF-16 code units. */
  static final int MAX_TEXT = 600;

  /** Octets of a line without its break (RFC 5545 section 3.1). */
  static final int MAX_LINE = 75;

  private static final int MAX_TARGETS = 20;
  private static final int ID_DIGITS = 32;
  private static final String BREAK = "\r\n";
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final StringBuilder text = new StringBuilder(8192);

  private CalendarFeed() {}

  /** The whole document, of the targets with a label. */
  public static String of(Snapshot snapshot, LabelFilter label, String version) {
    CalendarFeed feed = new CalendarFeed();
    feed.line("BEGIN:VCALENDAR");
    feed.line("VERSION:2.0");
    feed.line("PRODID:-//Parallax//" + version(version) + "//EN");
    feed.line("CALSCALE:GREGORIAN");
    for (Ending ending : Endings.of(snapshot, label).known().stream().limit(MAX_EVENTS).toList()) {
      ending.end().ifPresent(end -> feed.event(ending, end, snapshot.at()));
    }
    feed.line("END:VCALENDAR");
    return feed.text.toString();
  }

  private static String version(String version) {
    return version.replaceAll("[^A-Za-z0-9.+-]", "");
  }

  private void event(Ending ending, Instant end, Instant now) {
    String what = ending.kind().in(Say.in(Language.EN));
    line("BEGIN:VEVENT");
    line("UID:" + id(ending) + "@parallax");
    line("DTSTAMP:" + DATE_TIME.format(now));
    line("DTSTART:" + DATE_TIME.format(end));
    line("SUMMARY:" + escaped(what + " of " + ending.name() + " ends"));
    line("DESCRIPTION:" + escaped(description(ending)));
    line("CATEGORIES:" + escaped(what));
    line("TRANSP:TRANSPARENT");
    line("END:VEVENT");
  }

  private static String description(Ending ending) {
    List<String> names =
        ending.targets().stream().limit(MAX_TARGETS).map(TargetName::value).toList();
    int more = ending.targets().size() - MAX_TARGETS;
    return (ending.by().isEmpty() ? "" : "By " + ending.by() + ". ")
        + "Targets: "
        + String.join(", ", names)
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** The same for the same thing, whenever it ends, so that a renewal moves the event. */
  private static String id(Ending ending) {
    try {
      String whole = ending.kind() + " " + ending.name();
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(whole.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A value of the type TEXT (RFC 5545 section 3.3.11); there are no line breaks in it. */
  private static String escaped(String value) {
    return Printable.bounded(value, MAX_TEXT)
        .replace("\\", "\\\\")
        .replace(";", "\\;")
        .replace(",", "\\,");
  }

  /** One content line, folded between characters (RFC 5545 section 3.1). */
  private void line(String content) {
    int octets = 0;
    for (int index = 0; index < content.length(); ) {
      int codePoint = content.codePointAt(index);
      int more = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
      if (octets + more > MAX_LINE) {
        text.append(BREAK).append(' ');
        octets = 1;
      }
      text.appendCodePoint(codePoint);
      octets += more;
      index += Character.charCount(codePoint);
    }
    text.append(BREAK);
  }
}
