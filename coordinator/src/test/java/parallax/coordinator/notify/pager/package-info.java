@NullMarked
package parallax.coordinator.notify.pager;

import org.jspecify.annotations.NullMarked;
