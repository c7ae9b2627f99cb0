/**
 * One question to one name server: {@code DnsExchange}. Wire format by dnsjava, transport by Netty
 * on Vert.x event loops. Imports check and config.
 */
@NullMarked
package parallax.probe.dns.wire;

import org.jspecify.annotations.NullMarked;
