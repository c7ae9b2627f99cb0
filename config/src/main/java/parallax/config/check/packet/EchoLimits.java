package parallax.config.check.packet;

import java.time.Duration;
import java.util.Optional;

/**
 * What loss and time are still fine.
 *
 * @param lossWarn DEGRADED from this many hundredths of the requests lost, 1 to 100
 * @param lossFail DOWN from this many, 1 to 100
 * @param rttWarn DEGRADED when the average round trip is longer
 * @param rttFail DOWN when it is longer
 */
public record EchoLimits(
    int lossWarn, int lossFail, Optional<Duration> rttWarn, Optional<Duration> rttFail) {
  public static final EchoLimits DEFAULT =
      new EchoLimits(50, 100, Optional.empty(), Optional.empty());
}
