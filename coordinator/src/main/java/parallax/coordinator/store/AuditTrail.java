package parallax.coordinator.store;

/** Whether what was done is on record as it was written. */
public sealed interface AuditTrail {
  /** What the first row names in place of a hash before it. */
  String BEGINNING = "0".repeat(64);

  /**
   * Every row follows from the one before it. Rows that are missing at the end leave no trace: keep
   * the head elsewhere and compare.
   *
   * @param head the newest row's SHA-256, in hexadecimal
   */
  record Unbroken(long rows, String head) implements AuditTrail {}

  /**
   * Somebody changed, removed or inserted rows.
   *
   * @param row the number of the first row that does not follow from the one before it
   */
  record Broken(long row, String why) implements AuditTrail {}
}
