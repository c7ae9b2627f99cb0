package parallax.config.check.packet;

import java.time.Duration;
import java.util.Optional;

/**
 * The requests of one look.
 *
 * @param count from 1 to {@link #MAX_COUNT}
 * @param interval from one request to the next
 * @param size bytes after the header of ICMP, at most {@link #MAX_SIZE}
 * @param ttl hops that a request may make (IPv6: hop limit); empty: as the system has it
 * @param dontFragment whether routers must not take requests apart; of IPv6 they never do
 */
public record Echoes(
    int count, Duration interval, int size, Optional<Integer> ttl, boolean dontFragment) {
  public static final int MAX_COUNT = 100;

  /** The largest that an IPv4 packet holds. */
  public static final int MAX_SIZE = 65_507;

  public static final int MAX_TTL = 255;

  public static final Echoes DEFAULT =
      new Echoes(3, Duration.ofMillis(200), 56, Optional.empty(), false);

  public Echoes {
    boolean good =
        count >= 1
            && count <= MAX_COUNT
            && size >= 0
            && size <= MAX_SIZE
            && !interval.isNegative()
            && ttl.map(hops -> hops >= 1 && hops <= MAX_TTL).orElse(true);
    if (!good) {
      throw new IllegalArgumentException("not echoes: " + count + " of " + size + " bytes");
    }
  }

  /** From the first request to the last. */
  public Duration spread() {
    return interval.multipliedBy(count - 1L);
  }
}
