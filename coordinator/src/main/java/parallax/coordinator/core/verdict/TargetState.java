package parallax.coordinator.core.verdict;

/** The state of a target. */
public enum TargetState {
  UP,
  /** It works, but not as it should, or not for everybody. */
  DEGRADED,
  DOWN,
  /** Nothing fresh enough, or too little, to tell. */
  UNKNOWN
}
