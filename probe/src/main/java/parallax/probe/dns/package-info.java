/**
 * Asks name servers: one query to one server ({@code DnsExchange}), names to addresses through
 * resolvers ({@code DnsResolver}), the check of records ({@code DnsCheck}). Wire format by dnsjava,
 * transport by Netty on Vert.x event loops. Imports check, net and config.
 */
@NullMarked
package parallax.probe.dns;

import org.jspecify.annotations.NullMarked;
