package parallax.coordinator.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import parallax.config.secret.Secret;

/**
 * Marks texts so that nobody else can (HMAC-SHA-256, RFC 2104), each for one purpose. Never shows
 * its key.
 */
public final class Seal {
  /** Bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** A longer text is none of ours. */
  static final int MAX_SEALED = 3_500;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;

  private Seal(SecretKeySpec key) {
    this.key = key;
  }

  /** By a key in hexadecimal digits; empty when it is none. */
  public static Optional<Seal> of(Secret key) {
    try {
      byte[] bytes = HexFormat.of().parseHex(key.reveal());
      return bytes.length == KEY_BYTES
          ? Optional.of(new Seal(new SecretKeySpec(bytes, ALGORITHM)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The mark of a text, 32 bytes. */
  byte[] bytes(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** The mark of a text, in base64url (RFC 4648 section 5). */
  public String mark(String purpose, String text) {
    return ENCODER.encodeToString(bytes(purpose, text));
  }

  /** A text with its mark, in characters that a cookie can hold (RFC 6265 section 4.1.1). */
  public String sealed(String purpose, String text) {
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "."
        + mark(purpose, text);
  }

  /** The text, if it was sealed for this purpose. */
  public Optional<String> opened(String purpose, String sealed) {
    int dot = sealed.indexOf('.');
    if (dot < 0 || sealed.length() > MAX_SEALED) {
      return Optional.empty();
    }
    try {
      String text =
          new String(
              Base64.getUrlDecoder().decode(sealed.substring(0, dot)), StandardCharsets.UTF_8);
      return same(mark(purpose, text), sealed.substring(dot + 1))
          ? Optional.of(text)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Takes the same time wherever they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}
