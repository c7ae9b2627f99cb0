@NullMarked
package parallax.config.schema;

import org.jspecify.annotations.NullMarked;
