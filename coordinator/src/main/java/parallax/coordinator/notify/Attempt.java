package parallax.coordinator.notify;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt to tell a receiver. Reasons never quote an address or a secret. */
public sealed interface Attempt {
  /** The receiver took it. */
  record Delivered() implements Attempt {}

  /** The receiver will never take it: trying again is useless. */
  record Refused(String why) implements Attempt {}

  /**
   * It may work later.
   *
   * @param retryAfter how long the receiver asks to be left alone (RFC 9110 section 10.2.3)
   */
  record Failed(String why, Optional<Duration> retryAfter) implements Attempt {}
}
