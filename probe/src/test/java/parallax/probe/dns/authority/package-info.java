@NullMarked
package parallax.probe.dns.authority;

import org.jspecify.annotations.NullMarked;
