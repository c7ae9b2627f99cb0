/**
 * What is to be said of a watched prefix: who sees it still, who announces it, whether that is
 * allowed. Told events and the time, it answers with verdicts; no I/O, no clock.
 */
@NullMarked
package parallax.probe.bgp.visibility;

import org.jspecify.annotations.NullMarked;
