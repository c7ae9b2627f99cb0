package parallax.coordinator.notify;

import java.time.InstantSource;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.letter.Letter;

/** Tries a receiver as it is configured. */
public final class Trial {
  private Trial() {}

  /**
   * Sends a letter that says that it is a test. Blocks for a bounded time.
   *
   * @param language empty: the receiver's own
   * @param version for the User-Agent
   */
  public static Sent of(
      Receiver receiver,
      Configuration configuration,
      Optional<Letter.Language> language,
      InstantSource clock,
      String version) {
    try (Carriers carriers = new Carriers(clock, version)) {
      return carriers.test(receiver, configuration, language);
    }
  }
}
