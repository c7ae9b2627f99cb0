package parallax.config.check.packet;

import parallax.config.secret.Secret;

/**
 * What is sent.
 *
 * @param text UTF-8, or where {@code hex} two digits for each byte, without anything between
 */
public record Payload(Secret text, boolean hex) {
  /** The most bytes: larger packets do not get through everywhere. */
  public static final int MAX_BYTES = 1_400;

  /** One byte, for a datagram must have something in it. */
  public static final Payload USUAL = new Payload(Secret.of("00"), true);

  public Payload {
    // Its message must not show what is sent.
    if (hex && !isHex(text.reveal())) {
      throw new IllegalArgumentException("not bytes in hexadecimal");
    }
  }

  /** Whether these are bytes, as two lower-case hexadecimal digits for each. */
  static boolean isHex(String text) {
    return text.length() % 2 == 0
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }
}
