package parallax.coordinator.configuration.change;

import java.time.Duration;

/** Which configurations somebody approved by name although the guard objects. */
@FunctionalInterface
public interface Approvals {
  /** Nobody approved anything. */
  Approvals NONE = _ -> false;

  /** For so long an approval is good. */
  Duration VALID = Duration.ofDays(7);

  /**
   * Whether exactly this one is approved; may ask a database, and says no when it cannot.
   *
   * @param name {@link Candidate#name}
   */
  boolean cover(String name);

  /** Whether {@code text} can be the name of a configuration: hexadecimal, in full. */
  static boolean isName(String text) {
    return text.matches("[0-9a-f]{16}|[0-9a-f]{40}");
  }
}
