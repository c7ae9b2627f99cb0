@NullMarked
package parallax.probe.registration.whois;

import org.jspecify.annotations.NullMarked;
