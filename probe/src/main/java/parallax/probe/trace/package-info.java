/**
 * The way to an address that could not be reached: packets with few hops to make, and who says that
 * they were lost. Imports icmp, kernel and net.
 */
@NullMarked
package parallax.probe.trace;

import org.jspecify.annotations.NullMarked;
