/**
 * What the servers on the way from the root to a zone said, and what follows from it: evidence
 * ({@code Walk}) and judgement ({@code WalkJudge}), without any I/O. Imports dns, wire and config.
 */
@NullMarked
package parallax.probe.dns.delegation;

import org.jspecify.annotations.NullMarked;
