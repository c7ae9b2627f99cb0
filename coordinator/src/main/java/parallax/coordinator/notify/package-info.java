/**
 * Tells people what was decided: the outbox and one sender for each kind of receiver. Imports core
 * and store.
 */
@NullMarked
package parallax.coordinator.notify;

import org.jspecify.annotations.NullMarked;
