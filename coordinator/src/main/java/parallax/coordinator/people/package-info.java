/** Brings what people do from the record to where it is decided by. */
@NullMarked
package parallax.coordinator.people;

import org.jspecify.annotations.NullMarked;
