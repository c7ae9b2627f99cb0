package parallax.probe.dns.vantage;

import java.util.List;

/**
 * How what was heard through one vantage stands beside the rest.
 *
 * @param detail in words
 * @param hints what the resolver itself says about it; no proof
 */
public record Standing(Vantage vantage, State state, String detail, List<ExtendedError> hints) {
  public Standing {
    hints = List.copyOf(hints);
  }

  /** In the order of how sure the trouble is the resolver's own, the good ones first. */
  public enum State {
    /** Says what the authoritative servers, or most resolvers, say. */
    AGREES,
    /** Repeats the past, as it still may. */
    CACHED,
    /** Cannot tell: DNSSEC validation or the way to the authoritative servers fails there. */
    RESOLVER_SERVFAIL,
    /** Repeats the past longer than it may. */
    RESOLVER_STALE,
    /** Withholds the answer on purpose. */
    RESOLVER_BLOCKED,
    /** Says something else. */
    RESOLVER_DIFFERS,
    /** Does not answer, or not us. */
    RESOLVER_DOWN,
    /** Could not be asked from here, or there is nothing to compare with. */
    NOT_TESTED
  }
}
