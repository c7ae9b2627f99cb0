/**
 * Metrics sent to a collector of OpenTelemetry, of coordinators and probes alike, where the
 * environment asks for it: their page is read, not measured anew.
 */
@NullMarked
package parallax.deploy.otlp;

import org.jspecify.annotations.NullMarked;
