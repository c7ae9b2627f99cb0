@NullMarked
package parallax.probe.dns.zone;

import org.jspecify.annotations.NullMarked;
