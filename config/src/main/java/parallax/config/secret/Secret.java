package parallax.config.secret;

import java.util.Objects;

/**
 * A value that never shows itself: {@link #toString()} prints stars, whatever the value is.
 * Redaction is by type, not by pattern.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The value itself, for the one place that sends it. */
  public String reveal() {
    return value;
  }

  /** Equal values are equal secrets, so that a reload can tell whether something changed. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && value.equals(secret.value);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(value);
  }

  @Override
  public String toString() {
    return "***";
  }
}
