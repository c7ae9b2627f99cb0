/**
 * The rules of the stream from a probe to a coordinator, pure: what happens, and when, to what is
 * to be done. Imports the frames of config.
 */
@NullMarked
package parallax.probe.uplink.session;

import org.jspecify.annotations.NullMarked;
