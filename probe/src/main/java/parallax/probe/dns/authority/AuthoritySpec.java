package parallax.probe.dns.authority;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.probe.dns.wire.Question;

/**
 * What is wanted of the servers of a zone.
 *
 * @param targets asked of every server, at most {@link #MAX_TARGETS}
 * @param tcp whether every server is also asked over TCP (RFC 7766)
 * @param lag how long a server may have an older version of the zone than another; empty when
 *     serials do not count, as with providers whose servers number on their own
 */
public record AuthoritySpec(List<Target> targets, boolean tcp, Optional<Lag> lag) {
  /** More would make a round of a zone with many servers too large. */
  public static final int MAX_TARGETS = 8;

  /** A question and what it may answer. */
  public record Target(Question question, ApprovedAnswers approved) {}

  /** How long is too long. */
  public sealed interface Lag {
    /** This long. */
    record Of(Duration bound) implements Lag {}

    /** The refresh interval of the zone (RFC 1035 section 3.3.13). */
    record OfRefresh() implements Lag {}
  }

  /** Long enough for NOTIFY and a transfer, short enough to matter. */
  public static final Lag USUAL_LAG = new Lag.Of(Duration.ofMinutes(15));

  public AuthoritySpec {
    targets = List.copyOf(targets);
    if (targets.size() > MAX_TARGETS) {
      throw new IllegalArgumentException(targets.size() + " targets, at most " + MAX_TARGETS);
    }
  }

  /** All that can be asked without knowing any name in the zone. */
  public static AuthoritySpec ofZone() {
    return new AuthoritySpec(List.of(), true, Optional.of(USUAL_LAG));
  }
}
