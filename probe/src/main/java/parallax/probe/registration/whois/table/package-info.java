/**
 * What is known of WHOIS servers beforehand, as data: keys, sections, phrases, and each registry's
 * clock, date order and charset. The tables stand in resources beside the package. Imports date.
 */
@NullMarked
package parallax.probe.registration.whois.table;

import org.jspecify.annotations.NullMarked;
