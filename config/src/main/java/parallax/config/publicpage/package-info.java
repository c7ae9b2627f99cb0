/** What the public may see: plain values. Imports the names and labels of targets alone. */
@NullMarked
package parallax.config.publicpage;

import org.jspecify.annotations.NullMarked;
