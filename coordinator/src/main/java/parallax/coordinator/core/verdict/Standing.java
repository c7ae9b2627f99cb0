package parallax.coordinator.core.verdict;

/** What the looks of one probe by one kind of check amount to. */
public enum Standing {
  /** Nothing was seen yet. */
  UNSEEN,
  /** It was down when it was last seen: to be believed again it has to recover. */
  DOUBTED,
  UP,
  DEGRADED,
  DOWN;

  /** Whether this says how the target is. */
  public boolean isKnown() {
    return this == UP || this == DEGRADED || this == DOWN;
  }
}
