/**
 * What the probe knows about itself: its routes, how late its own threads are, and which results
 * are therefore not to be believed. Imports check, net and config.
 */
@NullMarked
package parallax.probe.health;

import org.jspecify.annotations.NullMarked;
