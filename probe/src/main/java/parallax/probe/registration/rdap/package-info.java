/** RDAP answers (RFC 9083) to facts. Imports the package above and date. */
@NullMarked
package parallax.probe.registration.rdap;

import org.jspecify.annotations.NullMarked;
