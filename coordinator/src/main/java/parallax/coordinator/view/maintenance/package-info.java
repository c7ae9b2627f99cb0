/** When targets were in maintenance, as the configuration has it now. Imports config alone. */
@NullMarked
package parallax.coordinator.view.maintenance;

import org.jspecify.annotations.NullMarked;
