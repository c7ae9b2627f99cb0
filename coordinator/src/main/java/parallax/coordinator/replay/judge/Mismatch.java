package parallax.coordinator.replay.judge;

import java.util.Locale;

/**
 * An expectation that was not met.
 *
 * @param expectation its name
 * @param wanted in words
 * @param found in words
 */
public record Mismatch(String expectation, Kind kind, String wanted, String found) {
  /** What was not as expected. */
  public enum Kind {
    OPENED,
    TARGETS,
    SCOPE,
    LAYER,
    CULPRIT,
    PAGES,
    RESOLVE,
    FORBIDDEN,
    STATES,
    TOTALS,
    UNEXPECTED;

    /** The word in reports. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return expectation + ": " + kind.word() + ": wanted " + wanted + ", found " + found;
  }
}
