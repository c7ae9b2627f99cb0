package parallax.probe.dns.vantage;

import java.time.Instant;
import java.util.List;

/**
 * What the authoritative servers say, and said: resolvers may repeat the past for as long as its
 * TTL let them (RFC 1034 section 3.6).
 *
 * @param said now
 * @param since when that was first seen; before it nothing is known of an unknown past
 * @param formers what was said before, youngest first
 */
public record Truth(Said said, Instant since, List<Former> formers) {
  /** Former answers that are remembered; further ones are left out. */
  public static final int MAX_FORMERS = 16;

  public Truth {
    formers = formers.stream().limit(MAX_FORMERS).toList();
  }

  /**
   * What was said once.
   *
   * @param lastSeen at the authoritative servers
   */
  public record Former(Said said, Instant lastSeen) {
    /** Until when caches may repeat it. */
    Instant expires() {
      return lastSeen.plusSeconds(said.ttlSeconds());
    }
  }
}
