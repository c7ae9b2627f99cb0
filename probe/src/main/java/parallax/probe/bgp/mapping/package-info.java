/**
 * From targets to the routes that they stand on: their addresses, those of their name servers, and
 * the prefix that each is normally reached by; and the check that reads how those are seen. Imports
 * watch, audit.origin, dns and what they import.
 */
@NullMarked
package parallax.probe.bgp.mapping;

import org.jspecify.annotations.NullMarked;
