/** What an observation costs on its way: as bytes, on the probe's disk, and read again. */
@NullMarked
package parallax.bench.wire;

import org.jspecify.annotations.NullMarked;
