/**
 * What every source of routes says, whatever it speaks: who saw which route come, change or go. No
 * I/O, no clock.
 */
@NullMarked
package parallax.probe.bgp.route;

import org.jspecify.annotations.NullMarked;
