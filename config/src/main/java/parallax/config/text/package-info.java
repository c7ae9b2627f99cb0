/** The small notations inside scalars: durations, sizes, patterns. Imports RE2/J only. */
@NullMarked
package parallax.config.text;

import org.jspecify.annotations.NullMarked;
