/** What the pages of others show while something of ours is not well. */
@NullMarked
package parallax.coordinator.status.notice;

import org.jspecify.annotations.NullMarked;
