package parallax.coordinator.notify.carrier;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt to tell somebody. */
public sealed interface Sent {
  /**
   * It arrived.
   *
   * @param thread what the receiver calls the conversation that this letter began or went on with,
   *     such as a channel and the number of a message in it: shown to the carrier with the next
   *     letter of the same incident; at most {@link #MAX_THREAD} characters
   */
  record Delivered(Optional<String> thread) implements Sent {
    /** In no conversation. */
    public Delivered() {
      this(Optional.empty());
    }
  }

  /**
   * Not now.
   *
   * @param why in words, without secrets
   * @param after how long the receiver asked us to wait
   */
  record NotNow(String why, Optional<Duration> after) implements Sent {}

  /** Never, as it stands. */
  record Never(String why) implements Sent {}

  /** A longer name of a conversation is not kept. */
  int MAX_THREAD = 500;
}
