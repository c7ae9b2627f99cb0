/** What the core said during a replay, as anybody outside would have seen it. */
@NullMarked
package parallax.coordinator.replay.record;

import org.jspecify.annotations.NullMarked;
