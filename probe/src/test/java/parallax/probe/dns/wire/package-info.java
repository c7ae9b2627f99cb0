@NullMarked
package parallax.probe.dns.wire;

import org.jspecify.annotations.NullMarked;
