package parallax.coordinator.notify.mail;

import java.time.Duration;
import java.util.Optional;

/** What became of handing a letter over, for one recipient or for the whole connection. */
sealed interface Answer {
  /** The server has it. */
  record Taken() implements Answer {}

  /**
   * Not yet.
   *
   * @param after how long it is no use to try again
   * @param login whether it was our login that was refused
   */
  record Later(String why, Optional<Duration> after, boolean login) implements Answer {
    Later(String why) {
      this(why, Optional.empty(), false);
    }
  }

  /** Not this letter to this mailbox, however often it is tried. */
  record Refused(String why) implements Answer {}
}
