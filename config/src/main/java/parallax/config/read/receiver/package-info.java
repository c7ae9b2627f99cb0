/** Receivers of every kind, from YAML. */
@NullMarked
package parallax.config.read.receiver;

import org.jspecify.annotations.NullMarked;
