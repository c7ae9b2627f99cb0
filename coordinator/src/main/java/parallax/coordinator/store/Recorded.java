package parallax.coordinator.store;

/** What became of something that was to be recorded. */
public sealed interface Recorded {
  /** All of it is on record. */
  record Written() implements Recorded {}

  /**
   * Nothing of it is: another coordinator has taken over.
   *
   * @param newest the epoch that is listened to
   */
  record Outdated(Epoch newest) implements Recorded {}
}
