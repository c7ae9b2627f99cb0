/**
 * Whether a chain of signatures holds, from a trust anchor to an answer (RFC 4033 to 4035, 5155,
 * 6840): {@code ChainJudge}. Pure: material and an instant in, a verdict with its cause out.
 * Imports material, denial and dnsjava.
 */
@NullMarked
package parallax.probe.dns.dnssec;

import org.jspecify.annotations.NullMarked;
