/**
 * One kind of check at one target: suspected, failing or fine. Imports verdict, evidence, fleet,
 * watch and config.
 */
@NullMarked
package parallax.coordinator.core.unit;

import org.jspecify.annotations.NullMarked;
