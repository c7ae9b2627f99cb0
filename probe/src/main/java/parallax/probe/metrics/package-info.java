/** What the probe counts about its own work. Imports config only. */
@NullMarked
package parallax.probe.metrics;

import org.jspecify.annotations.NullMarked;
