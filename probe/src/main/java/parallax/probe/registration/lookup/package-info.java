/**
 * Asks registries: RDAP (RFC 7480, 9082, 9224) where there is a server, else WHOIS (RFC 3912).
 * Imports check, net, courtesy and the readers of answers.
 */
@NullMarked
package parallax.probe.registration.lookup;

import org.jspecify.annotations.NullMarked;
