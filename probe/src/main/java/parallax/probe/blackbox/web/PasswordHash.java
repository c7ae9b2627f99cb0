package parallax.probe.blackbox.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.config.secret.Secret;

/**
 * A password as bcrypt hashed it (Provos and Mazières, 1999).
 *
 * @param text {@code $2y$10$…}, with the versions 2a, 2b and 2y
 * @param cost the binary logarithm of the rounds
 */
public record PasswordHash(Secret text, int cost) {
  static final int LEAST_COST = 4;

  /** One more doubles the time for a password; this one takes many seconds. */
  static final int MOST_COST = 18;

  /** Cost, salt of 16 bytes, hash of 23, in the alphabet of bcrypt. */
  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$([0-9]{2})\\$[./A-Za-z0-9]{22}[./A-Za-z0-9]{31}");

  /** The hash; empty when {@code text} is none. Its cost may be out of bounds. */
  static Optional<PasswordHash> of(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(new PasswordHash(Secret.of(text), Integer.parseInt(parts.group(1))))
        : Optional.empty();
  }
}
