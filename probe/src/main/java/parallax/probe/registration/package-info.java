/**
 * Who holds a domain, until when, and in what state: the facts that answers of registries tell
 * ({@code Registration}), whichever way they were asked. Imports date and status; the readers of
 * RDAP and WHOIS import it.
 */
@NullMarked
package parallax.probe.registration;

import org.jspecify.annotations.NullMarked;
