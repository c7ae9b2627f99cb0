/** YAML of where pages are and what the public may see. */
@NullMarked
package parallax.config.read.publicpage;

import org.jspecify.annotations.NullMarked;
