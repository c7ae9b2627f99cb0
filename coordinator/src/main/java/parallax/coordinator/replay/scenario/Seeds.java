package parallax.coordinator.replay.scenario;

import java.util.Optional;

/** Seeds as text: unsigned 64-bit, decimal. */
public final class Seeds {
  private Seeds() {}

  /** The seed written as {@code text}; empty when it is none. */
  public static Optional<Long> parse(String text) {
    try {
      return text.matches("[0-9]{1,20}")
          ? Optional.of(Long.parseUnsignedLong(text))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
