/**
 * WebSockets (RFC 6455) as a client speaks them, for checks and for {@code /probe} alike. Pure:
 * bytes in, bytes out. Imports the talk of services.
 */
@NullMarked
package parallax.probe.service.socket;

import org.jspecify.annotations.NullMarked;
