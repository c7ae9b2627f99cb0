/**
 * The delegation walk: asks every server on the way from the root to a zone ({@code
 * DelegationWalk}) and keeps what they said as {@code delegation} evidence. Imports delegation,
 * wire, net and check.
 */
@NullMarked
package parallax.probe.dns.walk;

import org.jspecify.annotations.NullMarked;
