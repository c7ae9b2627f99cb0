/**
 * The worlds that drills are played in: labelled scenarios, and what is watched with faults laid
 * over it. Each answers whatever check is asked for, on virtual time. Imports replay, view and the
 * core's words.
 */
@NullMarked
package parallax.coordinator.drill.stage;

import org.jspecify.annotations.NullMarked;
