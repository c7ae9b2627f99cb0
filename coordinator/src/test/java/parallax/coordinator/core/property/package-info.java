/** What holds of the core in whatever small world it watches. */
@NullMarked
package parallax.coordinator.core.property;

import org.jspecify.annotations.NullMarked;
