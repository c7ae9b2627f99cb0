/** The wire form of what the core knows, by streaming. Imports core and config. */
@NullMarked
package parallax.coordinator.json;

import org.jspecify.annotations.NullMarked;
