/**
 * The pure core: (State, Input, now) to (State, Effects). Free of I/O, clocks, threads and
 * randomness; imports java.*, JSpecify and config records, nothing else.
 */
@NullMarked
package parallax.coordinator.core;

import org.jspecify.annotations.NullMarked;
