package parallax.coordinator.notify;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
   * @throws java.util.NoSuchElementException when there is no such receiver
   */
  public static Letter write(
      Store.Delivery delivery,
      int number,
      List<Incident> others,
      Configuration configuration,
      Instant now) {
    Receiver receiver = configuration.receiver(delivery.receiver()).orElseThrow();
    return new LetterWriter(receiver, configuration)
        .letter(delivery, new LetterWriter.Place(number, others, true), now);
  }

  /** The same letter, where it is sent because the drill is over. */
  public static Letter ending(Letter letter) {
    return Letters.ending(letter);
  }

  /**
   * One attempt; blocks for a bounded time. A webhook gets the document that it would get in
   * earnest, with {@code drill} in it.
   *
   * @param delivery with the thread of the last letter of the same incident to the same receiver
   * @param letter that says it
   */
  public Sent carry(
      Receiver receiver, Configuration configuration, Store.Delivery delivery, Letter letter) {
    return carriers.carry(receiver, configuration, delivery, letter);
  }

  @Override
  public void close() {
    carriers.close();
  }
}
