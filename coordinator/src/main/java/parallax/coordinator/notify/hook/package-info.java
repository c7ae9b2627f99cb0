/** The webhook: a signed JSON document by HTTP POST, as docs/webhook.md describes it. */
@NullMarked
package parallax.coordinator.notify.hook;

import org.jspecify.annotations.NullMarked;
