/**
 * The zone's own servers, each asked the same ({@code AuthorityRound}), and what follows from their
 * answers ({@code AuthorityJudge}, without any I/O). Imports delegation, dns, wire, net and check.
 */
@NullMarked
package parallax.probe.dns.authority;

import org.jspecify.annotations.NullMarked;
