@NullMarked
package parallax.probe.dns.walk;

import org.jspecify.annotations.NullMarked;
