/** What BGP speakers tell each other (RFC 4271), as values, and what a listener must say itself. */
@NullMarked
package parallax.probe.bgp.message;

import org.jspecify.annotations.NullMarked;
