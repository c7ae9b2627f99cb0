package parallax.config.planned;

import java.time.Duration;

/**
 * Watches the registration of a target's domain.
 *
 * @param expiryWarn a registration that ends within this makes the target DEGRADED
 * @param expiryFail a registration that ends within this makes the target DOWN
 */
public record RegistrationSpec(Duration expiryWarn, Duration expiryFail) {
  public static final RegistrationSpec DEFAULT =
      new RegistrationSpec(Duration.ofDays(45), Duration.ofDays(7));
}
