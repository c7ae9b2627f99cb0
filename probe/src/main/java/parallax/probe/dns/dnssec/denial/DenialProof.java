package parallax.probe.dns.dnssec.denial;

import org.xbill.DNS.Name;

/** The verified records of denial of one reply from one zone, and what they prove. */
public sealed interface DenialProof permits NsecProof, Nsec3Proof {
  /** That neither {@code name} exists nor a wildcard that would stand in for it. */
  Denial noName(Name name);

  /**
   * That {@code name}, or the wildcard that stands in for it, has no records of {@code type}, nor
   * an alias.
   */
  Denial noData(Name name, int type);

  /** That {@code name} is a delegation without DS, which is to say unsigned (RFC 4035 5.2). */
  Denial unsignedDelegation(Name name);

  /**
   * That nothing closer to {@code name} exists than a wildcard below {@code encloser}, from which
   * an answer was made (RFC 4035 section 5.3.4, RFC 5155 section 8.8).
   */
  Denial noCloserName(Name name, Name encloser);
}
