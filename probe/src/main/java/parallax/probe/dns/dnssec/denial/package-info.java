/**
 * Proofs that something does not exist, by NSEC (RFC 4035 section 5.4) and NSEC3 (RFC 5155 section
 * 8), over records whose signatures have been verified already. Pure. Imports dnsjava only.
 */
@NullMarked
package parallax.probe.dns.dnssec.denial;

import org.jspecify.annotations.NullMarked;
