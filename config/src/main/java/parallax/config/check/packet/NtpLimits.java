package parallax.config.check.packet;

import java.time.Duration;

/**
 * What a time server must say.
 *
 * @param offsetWarn DEGRADED when its clock and the probe's differ by more
 * @param offsetFail DOWN when they differ by more
 * @param maxStratum the farthest from a reference clock, 1 to 15 (RFC 5905 section 7.3)
 * @param maxDistance DEGRADED when its own root distance, half the delay to the reference clock and
 *     the dispersion (RFC 5905 section 11.1), is more
 */
public record NtpLimits(
    Duration offsetWarn, Duration offsetFail, int maxStratum, Duration maxDistance) {
  public static final int MAX_STRATUM = 15;

  public static final NtpLimits DEFAULT =
      new NtpLimits(
          Duration.ofMillis(100), Duration.ofSeconds(1), MAX_STRATUM, Duration.ofMillis(1_500));
}
