/**
 * Labelled worlds as data: what every kind of check would see from every probe at every moment, and
 * what must, and must not, be concluded. All times are milliseconds of true time since the start.
 */
@NullMarked
package parallax.coordinator.replay.scenario;

import org.jspecify.annotations.NullMarked;
