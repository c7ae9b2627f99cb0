/** {@code parallax replay FILE...}: labelled scenarios through the real core on virtual time. */
@NullMarked
package parallax.deploy.replay;

import org.jspecify.annotations.NullMarked;
