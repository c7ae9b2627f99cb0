/**
 * TLS as a client that wants to see everything: any handshake is completed, whatever the
 * certificate, and judged before a byte of the application is sent. Imports config, check, net and
 * Netty.
 */
@NullMarked
package parallax.probe.tls;

import org.jspecify.annotations.NullMarked;
