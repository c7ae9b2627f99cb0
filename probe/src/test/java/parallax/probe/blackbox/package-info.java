/** Probes as Prometheus asks for them. */
@NullMarked
package parallax.probe.blackbox;

import org.jspecify.annotations.NullMarked;
