@NullMarked
package parallax.probe.schedule;

import org.jspecify.annotations.NullMarked;
