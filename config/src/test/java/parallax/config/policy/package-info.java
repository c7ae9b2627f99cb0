@NullMarked
package parallax.config.policy;

import org.jspecify.annotations.NullMarked;
