/**
 * Drills: injected observations decided by a core and a desk of their own, to find out who would be
 * told what and when. Real verdicts, their history and the record stay as they are; letters are
 * marked, and sent only where that was asked for. Imports drill.stage, core, desk, notify and view.
 */
@NullMarked
package parallax.coordinator.drill;

import org.jspecify.annotations.NullMarked;
