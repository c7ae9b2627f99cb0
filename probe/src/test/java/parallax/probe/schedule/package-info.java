/** Tests of the schedule on a virtual clock. */
@NullMarked
package parallax.probe.schedule;

import org.jspecify.annotations.NullMarked;
