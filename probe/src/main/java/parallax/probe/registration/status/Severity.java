package parallax.probe.registration.status;

/** How much a state matters to whoever runs the name. */
public enum Severity {
  FINE,
  /** Worth a line in the record. */
  NOTED,
  WARNING,
  CRITICAL
}
