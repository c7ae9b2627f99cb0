/**
 * HTTP/3 (RFC 9114) over QUIC (RFC 9000, 9001): one connection for one request, its handshake
 * judged as any other of TLS, everything that comes bounded. Knows nothing of what a request is
 * for. Imports config, net, tls and Netty.
 */
@NullMarked
package parallax.probe.quic;

import org.jspecify.annotations.NullMarked;
