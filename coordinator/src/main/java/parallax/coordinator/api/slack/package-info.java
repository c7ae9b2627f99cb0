/** What people do by buttons in Slack. */
@NullMarked
package parallax.coordinator.api.slack;

import org.jspecify.annotations.NullMarked;
