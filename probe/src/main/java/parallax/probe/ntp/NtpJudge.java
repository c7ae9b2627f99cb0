package parallax.probe.ntp;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import parallax.config.check.packet.NtpLimits;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.seen.ReachSeen.ClockSeen;

/** Judges what a time server says. Pure. */
final class NtpJudge {
  /** The kiss code of a server that is asked too often, and gives the time all the same. */
  private static final String RATE = "RATE";

  private NtpJudge() {}

  static Outcome judge(NtpLimits limits, NtpAnswer answer, ClockSeen seen) {
    Optional<String> kiss = answer.kiss();
    if (kiss.isPresent()) {
      return kiss.get().equals(RATE)
          ? Outcome.degraded(Reason.NTP_KISS_OF_DEATH, "RATE: asked too often")
          : Outcome.down(Reason.NTP_KISS_OF_DEATH, kiss.get());
    }
    if (answer.hasNoTime()) {
      return Outcome.down(
          Reason.NTP_UNSYNCHRONISED, "leap " + answer.leap() + ", stratum " + answer.stratum());
    }
    if (answer.stratum() > limits.maxStratum()) {
      return Outcome.down(
          Reason.NTP_STRATUM, "stratum " + answer.stratum() + ", at most " + limits.maxStratum());
    }
    Duration off = seen.offset().abs();
    if (off.compareTo(limits.offsetFail()) > 0) {
      return Outcome.down(Reason.NTP_OFFSET, off(seen, limits.offsetFail()));
    }
    if (off.compareTo(limits.offsetWarn()) > 0) {
      return Outcome.degraded(Reason.NTP_OFFSET, off(seen, limits.offsetWarn()));
    }
    return seen.rootDistance().compareTo(limits.maxDistance()) > 0
        ? Outcome.degraded(
            Reason.NTP_DISTANCE,
            "by " + millis(seen.rootDistance()) + ", more than " + millis(limits.maxDistance()))
        : Outcome.up();
  }

  private static String off(ClockSeen seen, Duration limit) {
    return (seen.offset().isNegative() ? "behind by " : "ahead by ")
        + millis(seen.offset().abs())
        + ", more than "
        + millis(limit);
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.3f ms", time.toNanos() / 1e6);
  }
}
