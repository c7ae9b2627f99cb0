/** A spool against a model of it, kill -9, full disks and every kind of damage. */
@NullMarked
package parallax.probe.spool;

import org.jspecify.annotations.NullMarked;
