/** What the decision core costs: time and garbage for an observation, memory for what it knows. */
@NullMarked
package parallax.bench.core;

import org.jspecify.annotations.NullMarked;
