@NullMarked
package parallax.probe.dns.delegation;

import org.jspecify.annotations.NullMarked;
