/**
 * Streams to coordinators: WebSockets (RFC 6455) over TLS 1.3, one frame of config's wire form in
 * one binary message. Imports uplink/file, Vert.x.
 */
@NullMarked
package parallax.probe.uplink.wire;

import org.jspecify.annotations.NullMarked;
