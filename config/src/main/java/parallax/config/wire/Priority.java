package parallax.config.wire;

/** How much an observation matters when not all can be kept, least first. */
public enum Priority {
  /** The target is up as before. */
  ROUTINE,
  /** The target is not up, or the probe could not tell. */
  TROUBLE,
  /** The outcome differs from the one before. */
  CHANGE
}
