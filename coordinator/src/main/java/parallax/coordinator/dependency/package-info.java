/** What targets turn out to stand on, as checks see it. Imports the core's watch and config. */
@NullMarked
package parallax.coordinator.dependency;

import org.jspecify.annotations.NullMarked;
