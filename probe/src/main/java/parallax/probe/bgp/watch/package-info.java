/**
 * Watches routes as they are heard: takes in what sources tell, keeps the table and the verdicts on
 * one thread, and shows readers of other threads how it stands. Imports the other packages of bgp
 * but mapping.
 */
@NullMarked
package parallax.probe.bgp.watch;

import org.jspecify.annotations.NullMarked;
