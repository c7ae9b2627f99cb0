/**
 * The page of metrics sent to a collector of OpenTelemetry, where the environment asks for it: the
 * page is read, not measured anew. Imports nothing of this project but Secret.
 */
@NullMarked
package parallax.coordinator.metrics.otlp;

import org.jspecify.annotations.NullMarked;
