/** What it costs to hold observations on three members. */
@NullMarked
package parallax.bench.cluster;

import org.jspecify.annotations.NullMarked;
