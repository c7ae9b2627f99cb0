package parallax.config.policy;

/** How bad trouble is for users, the worst first. */
public enum Severity {
  /** Nobody can use it, as far as anybody can tell. */
  CRITICAL,
  /** Some cannot, or it works but not as it should, or something runs out very soon. */
  WARNING,
  /** Nothing is hit: something will run out, or the trouble is our own. */
  NOTE
}
