@NullMarked
package parallax.config;

import org.jspecify.annotations.NullMarked;
