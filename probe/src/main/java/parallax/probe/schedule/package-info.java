/**
 * When each check runs. {@code Schedule} decides, without clock or thread; {@code ScheduleLoop}
 * asks it again and again on an event loop. Imports config only.
 */
@NullMarked
package parallax.probe.schedule;

import org.jspecify.annotations.NullMarked;
