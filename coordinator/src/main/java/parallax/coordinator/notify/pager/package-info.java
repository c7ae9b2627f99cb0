/** Services that page people: Alertmanager and PagerDuty. */
@NullMarked
package parallax.coordinator.notify.pager;

import org.jspecify.annotations.NullMarked;
