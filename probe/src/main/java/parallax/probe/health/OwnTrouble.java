package parallax.probe.health;

import java.time.Duration;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;

/** Tells failures of the target from failures to look. Pure. */
public final class OwnTrouble {
  /** When this machine runs later than this, its time-outs say nothing about a target. */
  public static final Duration TOLERATED_LAG = Duration.ofMillis(500);

  private OwnTrouble() {}

  /**
   * The result as it may be believed: what was too slow while this machine itself ran late becomes
   * the probe's own trouble.
   *
   * @param lag the worst delay of this machine while the check ran
   */
  public static CheckResult adjusted(CheckResult result, Duration lag) {
    boolean tooSlow =
        result.outcome().why().map(Finding::reason).map(OwnTrouble::isAboutTime).orElse(false);
    if (!tooSlow || lag.compareTo(TOLERATED_LAG) <= 0) {
      return result;
    }
    String detail =
        "ran " + lag.toMillis() + " ms late; saw " + result.outcome().why().orElseThrow().words();
    return new CheckResult(
        result.layer(),
        Outcome.inconclusive(Reason.PROBE_OVERLOADED, detail),
        result.timings(),
        result.facts());
  }

  private static boolean isAboutTime(Reason reason) {
    return switch (reason) {
      case DNS_TIMEOUT, CONNECT_TIMEOUT, TLS_TIMEOUT, HTTP_TIMEOUT, HTTP_BODY_TIMEOUT, HTTP_SLOW ->
          true;
      default -> false;
    };
  }
}
