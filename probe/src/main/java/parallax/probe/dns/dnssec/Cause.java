package parallax.probe.dns.dnssec;

/**
 * Why a chain of signatures does not hold. Validators know one word for all of it, "bogus"; whoever
 * mends it needs to know which.
 */
public enum Cause {
  /** Every signature that could count has expired (RFC 4035 section 5.3.1). */
  SIG_EXPIRED("signature expired"),

  /** Signatures begin to count only later: a clock is wrong, here or at the signer. */
  SIG_NOT_YET_VALID("signature not yet valid"),

  /** No key of the zone is one that the DS records of the zone above stand for (5.2). */
  DS_NO_MATCH("DS matches no key"),

  /** The zone above has a DS, but there are no keys, or not the one that signed. */
  DNSKEY_MISSING("key missing"),

  /** The zone is signed, but this set is not. */
  RRSIG_MISSING("signature missing"),

  /** NSEC or NSEC3 records do not prove what the reply denies (5.4; RFC 5155 section 8). */
  DENIAL_BROKEN("denial not proven"),

  /** A key that should have made the signature did not make it over these records. */
  SIGNATURE_WRONG("signature wrong"),

  /** Signed by algorithms alone that nobody here can check, in a zone that promised others. */
  ALGORITHM_UNSUPPORTED("algorithm not supported"),

  /** Proven to be unsigned, though signatures are expected of it. */
  UNSIGNED_BUT_EXPECTED("unsigned, but expected to be signed");

  private final String text;

  Cause(String text) {
    this.text = text;
  }

  /** In words, for people. */
  public String text() {
    return text;
  }
}
