package parallax.coordinator.notify.mail.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import parallax.coordinator.notify.letter.Letter;

/**
 * What letters are called, RFC 5322 section 3.6.4. Every attempt, by whatever coordinator, gives a
 * letter the same name, and the name of the first of an incident follows from the incident and the
 * receiver alone, so that later ones can point to it.
 */
public final class MessageId {
  private static final int OCTETS = 16;
  private static final String SEPARATOR = "\n";

  private MessageId() {}

  /** Of a letter; with the brackets. */
  static String of(Letter letter, Sender sender) {
    boolean first = letter.number() <= 1 && letter.occasion() != Letter.Occasion.TEST;
    return first ? first(letter, sender) : name("letter", letter.key(), sender);
  }

  /** Of the first letter of the same incident. */
  public static String first(Letter letter, Sender sender) {
    return name("incident", letter.incident(), sender);
  }

  private static String name(String kind, String what, Sender sender) {
    String named = String.join(SEPARATOR, kind, sender.receiver(), what);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
      return "<"
          + HexFormat.of().formatHex(digest, 0, OCTETS)
          + ".parallax@"
          + sender.mailbox().domain()
          + ">";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
