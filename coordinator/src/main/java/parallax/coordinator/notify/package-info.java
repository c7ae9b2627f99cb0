/**
 * Tells people: a loop over the durable outbox, and one sender for each kind of receiver. Imports
 * view, json, store, metrics.
 */
@NullMarked
package parallax.coordinator.notify;

import org.jspecify.annotations.NullMarked;
