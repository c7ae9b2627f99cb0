package parallax.config.wire;

/** Why an observation was never handed over. */
public enum DropCause {
  /** The bound of the spool was reached. */
  BOUND,
  /** There was no room on the disk. */
  DISK_FULL,
  /** The disk gave other bytes than it was given. */
  DAMAGED,
  /** The disk failed otherwise. */
  DISK_FAILED
}
