/**
 * When each check is due: spread evenly, without drift, never piling up. No clock, no threads.
 * Imports config.
 */
@NullMarked
package parallax.probe.schedule;

import org.jspecify.annotations.NullMarked;
