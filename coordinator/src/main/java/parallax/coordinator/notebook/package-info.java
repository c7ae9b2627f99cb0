/** What happened in an incident, as it is written down for good: plain values. Imports core. */
@NullMarked
package parallax.coordinator.notebook;

import org.jspecify.annotations.NullMarked;
