package parallax.coordinator.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a probe shows to prove who it is: 256 random bits, so that a plain hash of it is as good as
 * a slow one. Never shows itself.
 */
public final class Token {
  private static final String PREFIX = "plx_";
  private static final int RANDOM_BYTES = 32;

  /** 32 bytes are 43 characters. */
  private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

  private final String text;

  private Token(String text) {
    this.text = text;
  }

  /** A new one. */
  public static Token create(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new Token(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** One that somebody shows; empty: it cannot be one. */
  public static Optional<Token> parse(String shown) {
    return FORM.matcher(shown).matches() ? Optional.of(new Token(shown)) : Optional.empty();
  }

  /** The token itself, for the one who is to keep it. */
  public String reveal() {
    return text;
  }

  /** Its SHA-256, in hexadecimal. */
  String hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
