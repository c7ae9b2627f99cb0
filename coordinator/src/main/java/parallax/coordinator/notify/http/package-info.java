/**
 * One bounded HTTP sender for every receiver that is reached that way: what is posted, what came
 * back, what that means, and texts as such receivers may get them.
 */
@NullMarked
package parallax.coordinator.notify.http;

import org.jspecify.annotations.NullMarked;
