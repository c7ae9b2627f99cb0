package parallax.probe.bgp.table;

/** Whether what a peer says can be believed. */
public enum FeedHealth {
  SOUND,
  /**
   * Its table was to come, and what came are withdrawals alone. A BMP station of FRR without soft
   * reconfiguration tells every announcement as a withdrawal.
   */
  ONLY_WITHDRAWS,
  /** Most of what it says withdraws what it never announced. */
  WITHDRAWS_UNKNOWN
}
