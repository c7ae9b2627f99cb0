package parallax.coordinator.intake;

/** What became of observations that were handed over. */
public sealed interface Receipt {
  /**
   * They outlive the death of any one process here: the probe may forget them.
   *
   * @param behind observations that wait in the same place to be decided upon, these included; 0
   *     where that is done when they are safe
   */
  record Safe(int behind) implements Receipt {
    /** Nothing waits. */
    public Safe() {
      this(0);
    }
  }

  /**
   * They may have been decided upon, but the probe is to keep them and hand them over again.
   *
   * @param why such as "the journal is full", for logs and counters
   */
  record KeepThem(Why why) implements Receipt {}

  /** Why a probe is to keep what it handed over. */
  enum Why {
    /** This member is in a minority, or not in a cluster yet. */
    NO_QUORUM,
    /** Too much waits to be written. */
    FULL,
    /** Nobody knows whether it was replicated. */
    INDETERMINATE,
    /** It took too long. */
    TIMEOUT,
    /** The coordinator stops. */
    CLOSING
  }
}
