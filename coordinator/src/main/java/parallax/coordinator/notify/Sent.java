package parallax.coordinator.notify;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt to tell somebody. */
public sealed interface Sent {
  record Delivered() implements Sent {}

  /**
   * Not now.
   *
   * @param why in words, without secrets
   * @param after how long the receiver asked us to wait
   */
  record NotNow(String why, Optional<Duration> after) implements Sent {}

  /** Never, as it stands. */
  record Never(String why) implements Sent {}
}
