/**
 * Looks: schedules checks, runs them, reports what was seen. {@code ProbeNode} is the composition
 * root and the only class that knows every other. Imports config; never the coordinator.
 */
@NullMarked
package parallax.probe;

import org.jspecify.annotations.NullMarked;
