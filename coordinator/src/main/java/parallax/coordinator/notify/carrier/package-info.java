/**
 * How letters are carried to receivers: the one interface, and what can become of an attempt. A
 * kind of receiver is a package beside this one.
 */
@NullMarked
package parallax.coordinator.notify.carrier;

import org.jspecify.annotations.NullMarked;
