package parallax.probe.audit.judge;

import java.util.Locale;

/** How bad it would be; the worst first. */
public enum Severity {
  /** One failure takes everything, or something has ended. */
  CRITICAL,
  /** One failure that has happened to others takes everything. */
  WARNING,
  /** Worth knowing. */
  NOTICE;

  /** The word on the command line and in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this is as bad as {@code bound}, or worse. */
  public boolean reaches(Severity bound) {
    return compareTo(bound) <= 0;
  }

  /** The next that is not as bad. */
  Severity less() {
    return this == CRITICAL ? WARNING : NOTICE;
  }

  /** The worse of both. */
  Severity or(Severity other) {
    return reaches(other) ? this : other;
  }
}
