/** What RIS Live says, as values, and what a client asks of it. No I/O, no clock. */
@NullMarked
package parallax.probe.bgp.rislive.message;

import org.jspecify.annotations.NullMarked;
