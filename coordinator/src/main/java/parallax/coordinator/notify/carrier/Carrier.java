package parallax.coordinator.notify.carrier;

import java.util.Optional;
import java.util.function.Supplier;
import parallax.coordinator.notify.letter.Letter;

/**
 * Takes letters to one kind of receiver. Thread-safe. Blocks for a bounded time; called on virtual
 * threads. Nothing that it says, of errors neither, holds a secret or the text of an answer.
 */
@FunctionalInterface
public interface Carrier {
  /**
   * One attempt.
   *
   * @param thread of the last letter of the same incident to the same receiver, when there was one
   */
  Sent carry(Letter letter, Optional<String> thread);

  /**
   * The same by who can show a picture, which is drawn when it is asked for.
   *
   * @param picture may have none
   */
  default Sent carry(Letter letter, Optional<String> thread, Supplier<Optional<Picture>> picture) {
    return carry(letter, thread);
  }
}
