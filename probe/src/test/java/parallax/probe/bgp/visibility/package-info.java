/** Tests of what is said of watched prefixes. */
@NullMarked
package parallax.probe.bgp.visibility;

import org.jspecify.annotations.NullMarked;
