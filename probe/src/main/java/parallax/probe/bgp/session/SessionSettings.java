package parallax.probe.bgp.session;

import java.time.Duration;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.Capabilities;

/**
 * What we are to our neighbours.
 *
 * @param asn our autonomous system, unsigned 32 bits
 * @param identifier our 32 bits, not 0; those of one of our IPv4 addresses by custom
 * @param holdTime after which silence ends a session, at least 3 s, in whole seconds; neighbours
 *     may want less
 * @param openTime how long a neighbour may take until its session is up
 */
public record SessionSettings(long asn, int identifier, Duration holdTime, Duration openTime) {
  public static final Duration HOLD_TIME = Duration.ofSeconds(90);
  public static final Duration OPEN_TIME = Duration.ofSeconds(30);

  private static final Duration MIN_HOLD_TIME = Duration.ofSeconds(3);
  private static final Duration MAX_HOLD_TIME = Duration.ofSeconds(65_535);

  public SessionSettings {
    if (identifier == 0) {
      throw new IllegalArgumentException("an identifier of 0");
    }
    if (holdTime.compareTo(MIN_HOLD_TIME) < 0 || holdTime.compareTo(MAX_HOLD_TIME) > 0) {
      throw new IllegalArgumentException("not a hold time: " + holdTime);
    }
    if (!openTime.isPositive()) {
      throw new IllegalArgumentException("not a time to open: " + openTime);
    }
  }

  public SessionSettings(long asn, int identifier) {
    this(asn, identifier, HOLD_TIME, OPEN_TIME);
  }

  /** Our first word. */
  Open open() {
    return new Open(asn, (int) holdTime.toSeconds(), identifier, Capabilities.ofListener(asn));
  }
}
