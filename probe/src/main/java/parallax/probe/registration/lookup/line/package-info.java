/**
 * Questions as bytes: HTTP for RDAP, TCP for WHOIS, to addresses that the network policy allows.
 * Imports check, net and registration.
 */
@NullMarked
package parallax.probe.registration.lookup.line;

import org.jspecify.annotations.NullMarked;
