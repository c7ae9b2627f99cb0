/**
 * What routers report of their sessions by the BGP Monitoring Protocol (RFC 7854, RFC 8671, RFC
 * 9069), from bytes to events. No I/O, no clock.
 */
@NullMarked
package parallax.probe.bgp.bmp;

import org.jspecify.annotations.NullMarked;
