package parallax.probe.health;

import java.time.Duration;
import java.util.EnumSet;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.probe.check.CheckResult;

/** Which results a probe in trouble must not hold against a target. */
public final class OwnTrouble {
  /** A check that starts later than this ran on an overloaded probe. */
  public static final Duration MAX_START_LAG = Duration.ofSeconds(1);

  /** An event loop that keeps tasks waiting longer than this makes time-outs of its own. */
  public static final Duration MAX_LOOP_LAG = Duration.ofMillis(500);

  private OwnTrouble() {}

  /**
   * {@code result}, or PROBE_OVERLOADED in its place when it says that something took too long and
   * the probe itself was late: nobody can tell then whose time it was.
   */
  public static CheckResult adjust(CheckResult result, Lag lag) {
    boolean late =
        lag.start().compareTo(MAX_START_LAG) > 0 || lag.loop().compareTo(MAX_LOOP_LAG) > 0;
    if (!late || result.outcome().why().filter(w -> isOfTime(w.reason())).isEmpty()) {
      return result;
    }
    Layer reached = result.layer();
    String seen = result.outcome().why().map(finding -> finding.words()).orElse("");
    String detail =
        "started %d ms late, event loop delayed by %d ms; seen: %s"
            .formatted(lag.start().toMillis(), lag.loop().toMillis(), seen);
    return CheckResult.failed(
        Reason.PROBE_OVERLOADED, detail, reached, result.timings(), result.facts());
  }

  private static boolean isOfTime(Reason reason) {
    return EnumSet.of(
            Reason.DELEGATION_TIMEOUT,
            Reason.NAME_SERVERS_TIMEOUT,
            Reason.NAME_SERVERS_UDP_TIMEOUT,
            Reason.NAME_SERVERS_TCP_TIMEOUT,
            Reason.PROBE_WALK_BOUND,
            Reason.DNS_TIMEOUT,
            Reason.CONNECT_TIMEOUT,
            Reason.UDP_NO_ANSWER,
            Reason.TLS_TIMEOUT,
            Reason.HTTP_TIMEOUT,
            Reason.HTTP_BODY_TIMEOUT,
            Reason.HTTP_SLOW,
            Reason.SERVICE_TIMEOUT,
            Reason.SERVICE_SLOW)
        .contains(reason);
  }
}
