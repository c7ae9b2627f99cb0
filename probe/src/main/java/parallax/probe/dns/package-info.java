/**
 * Names: to addresses through resolvers ({@code DnsResolver}), and the check of their records
 * ({@code DnsCheck}). Imports wire, check, net and config.
 */
@NullMarked
package parallax.probe.dns;

import org.jspecify.annotations.NullMarked;
