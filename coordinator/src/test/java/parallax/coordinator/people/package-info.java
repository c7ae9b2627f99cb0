@NullMarked
package parallax.coordinator.people;

import org.jspecify.annotations.NullMarked;
