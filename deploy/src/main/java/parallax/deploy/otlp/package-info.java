/** Metrics sent to a collector of OpenTelemetry, of coordinators and probes alike. */
@NullMarked
package parallax.deploy.otlp;

import org.jspecify.annotations.NullMarked;
