/** What the looks at one target amount to. Imports evidence, fleet, watch and config. */
@NullMarked
package parallax.coordinator.core.verdict;

import org.jspecify.annotations.NullMarked;
