package parallax.probe.dns.wire;

/**
 * How a question is put to a server.
 *
 * @param transport over what
 * @param recursion the RD bit: on for resolvers, off for authoritative servers, which then say what
 *     they know themselves (RFC 1034 section 4.3.1)
 * @param edns whether to announce a payload of 1232 bytes (RFC 6891)
 * @param dnssec the DO bit (RFC 3225): referrals then tell DS; needs EDNS
 * @param nsid whether to ask which of several machines answers (RFC 5001); needs EDNS
 * @param mixedCase whether the letters of the name are sent in random case, which a true answer
 *     repeats: more for a forger to guess
 */
public record Manner(
    Transport transport,
    boolean recursion,
    boolean edns,
    boolean dnssec,
    boolean nsid,
    boolean mixedCase) {

  /** Over what a question goes. */
  public enum Transport {
    UDP,
    TCP,
    /** UDP, and TCP when the answer was truncated (RFC 7766 section 5). */
    UDP_THEN_TCP
  }

  /** As a resolver is asked. */
  public static final Manner OF_RESOLVER =
      new Manner(Transport.UDP_THEN_TCP, true, true, false, false, false);

  /** As a server is asked what it knows itself. */
  public static final Manner OF_AUTHORITY =
      new Manner(Transport.UDP_THEN_TCP, false, true, true, true, false);

  public Manner {
    if (!edns && (dnssec || nsid)) {
      throw new IllegalArgumentException("DO and NSID need EDNS");
    }
  }

  public Manner over(Transport other) {
    return new Manner(other, recursion, edns, dnssec, nsid, mixedCase);
  }

  public Manner withMixedCase() {
    return new Manner(transport, recursion, edns, dnssec, nsid, true);
  }

  /** As put to a server that does not know EDNS. */
  public Manner withoutEdns() {
    return new Manner(transport, recursion, false, false, false, mixedCase);
  }
}
