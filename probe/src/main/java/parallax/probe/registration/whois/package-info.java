/**
 * WHOIS answers (RFC 3912) to facts: text, lines, keys and values, then what they tell. One general
 * reader with tables for all registries, and a small one for JPRS. Imports the package above, date,
 * status and table.
 */
@NullMarked
package parallax.probe.registration.whois;

import org.jspecify.annotations.NullMarked;
