/**
 * Tells people in Slack: through an incoming webhook, or as an app that keeps one message of an
 * incident up to date and its course in the thread below.
 */
@NullMarked
package parallax.coordinator.notify.slack;

import org.jspecify.annotations.NullMarked;
