/** What is wrong with a configuration, and where. Imports nothing of ours. */
@NullMarked
package parallax.config.problem;

import org.jspecify.annotations.NullMarked;
