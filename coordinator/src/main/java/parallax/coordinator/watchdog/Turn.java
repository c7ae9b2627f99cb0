package parallax.coordinator.watchdog;

/** What to do at a look. */
sealed interface Turn {
  /** It is time, and all is well. */
  record Send() implements Turn {}

  /** It is time, but nothing may be said. */
  record Silent(String why) implements Turn {}

  /** It is not time yet. */
  record Rest() implements Turn {}
}
