package parallax.coordinator.watchdog;

/** What became of a sign of life. */
sealed interface Arrival {
  /** It was taken. */
  record Taken() implements Arrival {}

  /**
   * It was not.
   *
   * @param why without any secret
   * @param again whether another try may do better
   */
  record NotTaken(String why, boolean again) implements Arrival {}
}
