/** How fast messages of RIS Live are read. */
@NullMarked
package parallax.bench.rislive;

import org.jspecify.annotations.NullMarked;
