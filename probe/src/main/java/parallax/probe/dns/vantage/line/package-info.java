/**
 * One question to one resolver over what {@code wire} does not speak: TCP from the start, TLS (RFC
 * 7858) and HTTPS (RFC 8484). On Vert.x, one connection and one deadline a question. Imports wire,
 * tls, tls.judge, check, net and config.
 */
@NullMarked
package parallax.probe.dns.vantage.line;

import org.jspecify.annotations.NullMarked;
