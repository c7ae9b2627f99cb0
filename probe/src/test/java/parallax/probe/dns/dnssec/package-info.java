@NullMarked
package parallax.probe.dns.dnssec;

import org.jspecify.annotations.NullMarked;
