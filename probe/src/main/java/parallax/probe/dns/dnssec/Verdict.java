package parallax.probe.dns.dnssec;

import java.time.Instant;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What a validator makes of an answer (RFC 4033 section 5). */
public sealed interface Verdict {
  /**
   * Every link holds.
   *
   * @param earliest of all signatures that it rests on, the one that ends first
   */
  record Secure(Expiry earliest) implements Verdict {}

  /**
   * Proven to be unsigned from {@code zone} on: the answer is used, unprotected.
   *
   * @param zone the first that is not secure
   */
  record Insecure(Name zone, Unprotected why, String detail) implements Verdict {}

  /** A link is broken: validating resolvers answer SERVFAIL. */
  record Bogus(Cause cause, Place place, String detail) implements Verdict {
    @Override
    public String toString() {
      return cause + " at " + place + ": " + detail;
    }
  }

  /** The material does not say. */
  record Indeterminate(Gap gap, String detail) implements Verdict {}

  /**
   * When a signature ends.
   *
   * @param at the last second that it counts in
   * @param zone whose key made it
   * @param name of the set that it covers
   * @param type of the set that it covers
   */
  record Expiry(Instant at, Name zone, Name name, int type) {
    /** The one of both that ends first. */
    Expiry earlier(Expiry other) {
      return other.at.isBefore(at) ? other : this;
    }

    @Override
    public String toString() {
      return at + " (" + name + " " + Type.string(type) + " of " + zone + ")";
    }
  }

  /**
   * Where a link is broken.
   *
   * @param server that sent it; none when it is not about one server
   * @param zone whose signature it should bear
   * @param name of the set
   * @param type of the set
   */
  record Place(Optional<String> server, Name zone, Name name, int type) {
    @Override
    public String toString() {
      return name
          + " "
          + Type.string(type)
          + " of "
          + zone
          + server.map(s -> " from " + s).orElse("");
    }
  }

  /** Why a zone is not protected. */
  enum Unprotected {
    /** The zone above proves that there is no DS (RFC 4035 section 5.2). */
    NO_DS,
    /** The zone above opts out of saying so (RFC 5155 section 6). */
    OPT_OUT,
    /** No DS, or no anchor, of algorithms that are supported here (RFC 4035 section 5.2). */
    ALGORITHM_UNSUPPORTED,
    /** Denial would cost too many iterations (RFC 9276 section 3.2). */
    NSEC3_ITERATIONS
  }

  /** What the material lacks. */
  enum Gap {
    /** There is no trust anchor for the first zone. */
    NO_ANCHOR,
    /** No server gave an answer that could be judged. */
    NO_ANSWER,
    /** A zone cut is not among the zones. */
    CHAIN_INCOMPLETE,
    /** Checking would cost more than a reply may cause. */
    TOO_MUCH_WORK
  }
}
