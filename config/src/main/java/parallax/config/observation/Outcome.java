package parallax.config.observation;

import java.util.Locale;
import java.util.Optional;

/** What one check found. */
public sealed interface Outcome {
  /** Everything that was asked for was seen. */
  record Up() implements Outcome {}

  /** The target works, but something is not as it should be (slow, a certificate near its end). */
  record Degraded(Finding finding) implements Outcome {
    public Degraded {
      requireTargets(finding);
    }
  }

  /** The target does not do what it should. */
  record Down(Finding finding) implements Outcome {
    public Down {
      requireTargets(finding);
    }
  }

  /** The probe could not tell, through trouble of its own. Never counts against the target. */
  record Inconclusive(Finding finding) implements Outcome {
    public Inconclusive {
      if (!finding.reason().isProbesOwn()) {
        throw new IllegalArgumentException(finding.reason() + " speaks about the target");
      }
    }
  }

  static Outcome up() {
    return new Up();
  }

  static Outcome degraded(Reason reason, String detail) {
    return new Degraded(new Finding(reason, detail));
  }

  static Outcome down(Reason reason, String detail) {
    return new Down(new Finding(reason, detail));
  }

  static Outcome inconclusive(Reason reason, String detail) {
    return new Inconclusive(new Finding(reason, detail));
  }

  /** Why, unless the outcome is {@link Up}. */
  default Optional<Finding> why() {
    return switch (this) {
      case Up _ -> Optional.empty();
      case Degraded(Finding finding) -> Optional.of(finding);
      case Down(Finding finding) -> Optional.of(finding);
      case Inconclusive(Finding finding) -> Optional.of(finding);
    };
  }

  /** The word used in JSON and metrics: up, degraded, down or inconclusive. */
  default String label() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static void requireTargets(Finding finding) {
    if (finding.reason().isProbesOwn()) {
      throw new IllegalArgumentException(finding.reason() + " is the probe's own trouble");
    }
  }
}
