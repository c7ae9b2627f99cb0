/** Who may say from outside that there is a newer configuration. */
@NullMarked
package parallax.coordinator.configuration.hook;

import org.jspecify.annotations.NullMarked;
