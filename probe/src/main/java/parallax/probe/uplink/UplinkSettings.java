package parallax.probe.uplink;

import java.time.Duration;
import parallax.config.observation.Vantage;
import parallax.probe.spool.SpoolSettings;
import parallax.probe.uplink.session.UplinkRules;

/**
 * What an uplink is told.
 *
 * @param vantage who looks
 * @param software what a coordinator is told of the program
 * @param boot the number of this run, which none before had
 * @param flush how long the end may take to hand over what was seen last
 */
public record UplinkSettings(
    Vantage vantage,
    String software,
    long boot,
    SpoolSettings spool,
    UplinkRules rules,
    Duration flush) {
  public static final Duration USUAL_FLUSH = Duration.ofSeconds(3);
}
