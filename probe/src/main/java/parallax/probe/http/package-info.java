/**
 * HTTP checks: one request over a fresh connection (RFC 9110; HTTP/1.1 by RFC 9112, HTTP/2 by RFC
 * 9113, HTTP/3 by RFC 9114), redirects followed by hand, every answer taken as hostile. Imports
 * config, check, net, tls, quic and Netty.
 */
@NullMarked
package parallax.probe.http;

import org.jspecify.annotations.NullMarked;
