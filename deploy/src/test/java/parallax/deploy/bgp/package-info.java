@NullMarked
package parallax.deploy.bgp;

import org.jspecify.annotations.NullMarked;
