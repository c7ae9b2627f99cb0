/**
 * How often registries may be asked: a state machine without clock, threads or chance of its own,
 * whose whole state is one immutable value, so that one owner can keep it for many probes. Imports
 * java alone.
 */
@NullMarked
package parallax.probe.registration.courtesy;

import org.jspecify.annotations.NullMarked;
