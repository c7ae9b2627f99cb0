/** A RIS Live of our own: for tests, and for people who have no network. */
@NullMarked
package parallax.probe.bgp.rislive.server;

import org.jspecify.annotations.NullMarked;
