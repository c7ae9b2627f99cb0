package parallax.config.report;

/**
 * Who may report that something is down for them.
 *
 * @param isPublic anybody who reaches the port; otherwise whoever has a token that may respond
 */
public record ReportRules(boolean isPublic) {
  /** What holds when nothing is said. */
  public static final ReportRules USUAL = new ReportRules(false);
}
