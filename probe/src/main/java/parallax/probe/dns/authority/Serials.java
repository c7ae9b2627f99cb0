package parallax.probe.dns.authority;

import java.util.Collection;
import java.util.Optional;

/** Serial numbers of zones, which wrap (RFC 1982 with SERIAL_BITS = 32). */
public final class Serials {
  private static final long HALF = 1L << 31;
  private static final long MASK = (1L << 32) - 1;

  private Serials() {}

  /**
   * Whether {@code one} was given out after {@code other}. Of two that are exactly half the space
   * apart neither is newer (section 3.2).
   */
  public static boolean isNewer(long one, long other) {
    long ahead = (one - other) & MASK;
    return ahead > 0 && ahead < HALF;
  }

  /** The one that none of the others is newer than; of several the greatest. */
  public static Optional<Long> newest(Collection<Long> serials) {
    return serials.stream()
        .filter(serial -> serials.stream().noneMatch(any -> isNewer(any, serial)))
        .max(Long::compare);
  }
}
