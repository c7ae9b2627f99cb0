package parallax.probe.icmp;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import parallax.config.check.CheckSpec.PacketSpec.Echo;
import parallax.config.check.packet.EchoLimits;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.ReachSeen.EchoesSeen;
import parallax.config.observation.seen.ReachSeen.RoundTrips;

/** Judges loss and round-trip time. Pure. */
final class EchoJudge {
  private static final int HUNDRED = 100;

  private EchoJudge() {}

  /**
   * What the echoes of one look mean.
   *
   * @param undelivered the first message that one did not arrive
   * @param address in words
   */
  static Outcome judge(
      Echo spec, EchoesSeen seen, Optional<EchoHeard.Undelivered> undelivered, String address) {
    EchoLimits limits = spec.limits();
    if (seen.received() == 0) {
      return new Outcome.Down(
          undelivered
              .map(message -> new Finding(message.why().reason(), address + ": " + message.told()))
              .orElseGet(
                  () ->
                      new Finding(
                          Reason.ECHO_TIMEOUT, address + ", " + seen.sent() + " requests")));
    }
    // Whole numbers: a third is more than 33 %, and less than 34 %.
    long lost = (long) (seen.sent() - seen.received()) * HUNDRED;
    String loss =
        "%s, %d of %d (%d%%)"
                .formatted(address, seen.sent() - seen.received(), seen.sent(), seen.lossPercent())
            + undelivered.map(message -> ": " + message.told()).orElse("");
    if (lost >= (long) limits.lossFail() * seen.sent()) {
      return Outcome.down(Reason.ECHO_LOSS, loss);
    }
    Duration average = seen.roundTrips().map(RoundTrips::average).orElse(Duration.ZERO);
    if (isLonger(average, limits.rttFail())) {
      return Outcome.down(Reason.ECHO_SLOW, slow(average, limits.rttFail()));
    }
    if (lost >= (long) limits.lossWarn() * seen.sent()) {
      return Outcome.degraded(Reason.ECHO_LOSS, loss);
    }
    return isLonger(average, limits.rttWarn())
        ? Outcome.degraded(Reason.ECHO_SLOW, slow(average, limits.rttWarn()))
        : Outcome.up();
  }

  private static boolean isLonger(Duration time, Optional<Duration> limit) {
    return limit.filter(most -> time.compareTo(most) > 0).isPresent();
  }

  private static String slow(Duration average, Optional<Duration> limit) {
    return "%s ms on average, more than %s ms"
        .formatted(millis(average), millis(limit.orElse(Duration.ZERO)));
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e6);
  }
}
