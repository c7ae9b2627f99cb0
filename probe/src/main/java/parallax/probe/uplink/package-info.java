/**
 * The way from a probe to its coordinators: what was seen goes into the spool and from there into a
 * stream; assignments, requests and acks come back. Rules in {@code session} (pure), streams in
 * {@code wire}, files in {@code file}; brought together here, in one thread that owns the spool.
 *
 * <p>Imports those, the spool, the frames of config, the clocks of check, Micrometer.
 */
@NullMarked
package parallax.probe.uplink;

import org.jspecify.annotations.NullMarked;
