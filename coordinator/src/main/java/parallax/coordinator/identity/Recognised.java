package parallax.coordinator.identity;

/** What somebody who shows credentials turned out to be. */
public sealed interface Recognised {
  /** Somebody. */
  record Known(Identity identity) implements Recognised {}

  /** Nobody: the credentials are wrong, taken back or too old. */
  record Nobody() implements Recognised {}

  /** It cannot be told now: the record was never read yet. */
  record NotNow() implements Recognised {}
}
