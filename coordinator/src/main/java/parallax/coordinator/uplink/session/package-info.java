/**
 * What is said in one stream of a probe: pure. {@link
 * parallax.coordinator.uplink.session.Session#on} takes what came and when, and gives the session
 * after it and what is to be done.
 *
 * <p>Imports core's evidence and fleet, intake's receipts, and config's observation, target, wire.
 */
@NullMarked
package parallax.coordinator.uplink.session;

import org.jspecify.annotations.NullMarked;
