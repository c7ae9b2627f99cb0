package parallax.coordinator.notify;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import parallax.config.Configuration;
import parallax.config.policy.Receiver;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.letter.Letters;
import parallax.coordinator.store.Store;

/**
 * Writes the letters of drills, and carries them. Every one of them says that it is a drill, and
 * belongs to no conversation about a real incident. Thread-safe.
 */
public final class DrillPost implements AutoCloseable {
  private final Carriers carriers;

  /**
   * A post office of its own.
   *
   * @param version for the User-Agent
   */
  public DrillPost(InstantSource clock, String version) {
    carriers = new Carriers(clock, version);
  }

  /**
   * The letter that a receiver would get, marked.
   *
   * @param number of the letter among those of its incident to its receiver, from 1
   * @param others incidents that it tells of as well
   * @param now in the time of the drill
   */
  public static Letter write(
      Store.Delivery delivery,
      int number,
      List<Incident> others,
      Configuration configuration,
      Instant now) {
    return Carriers.letter(
        delivery, new Carriers.Place(number, others, true), configuration, now);
  }

  /** The same letter, where it is sent because the drill is over. */
  public static Letter ending(Letter letter) {
    return Letters.ending(letter);
  }

  /**
   * One attempt; blocks for a bounded time.
   *
   * @param thread of the last letter of the same incident to the same receiver, when there was one
   */
  public Sent carry(
      Receiver receiver, Configuration configuration, Letter letter, Optional<String> thread) {
    return carriers.carry(receiver, configuration, letter, thread);
  }

  @Override
  public void close() {
    carriers.close();
  }
}
