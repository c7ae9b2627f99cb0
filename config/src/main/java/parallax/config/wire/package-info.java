/**
 * The frames between a probe and a coordinator, as records and as bytes. The contract is {@code
 * parallax/uplink/v1/*.proto}; its messages stay inside this package and those below it, because
 * they would show secrets.
 *
 * <p>Everything here is pure: bytes to a {@link parallax.config.wire.Decoded}, which is never an
 * exception, and records to bytes. {@link parallax.config.wire.ProbeFrames} and {@link
 * parallax.config.wire.CoordinatorFrames} are the ways in.
 *
 * <p>How versions get on: the newest version that both sides know is spoken ({@link
 * parallax.config.wire.Versions}). Beyond that, a reader passes over fields it does not know; a
 * frame of an unknown kind is {@link parallax.config.wire.Decoded.Newer}; an unknown reason becomes
 * a general one of its layer; an observation with an unknown layer, kind of check or outcome is
 * passed over and counted, and still acknowledged; a check with anything unknown in it is not
 * supported by this probe, and the rest of the assignment stands.
 *
 * <p>Imports observation, check, target and the packages below.
 */
@NullMarked
package parallax.config.wire;

import org.jspecify.annotations.NullMarked;
