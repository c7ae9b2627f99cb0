/**
 * Bodies of HTTP answers: what is kept of them, decoded and judged, all bounded. Imports config,
 * check and jackson-core.
 */
@NullMarked
package parallax.probe.http.body;

import org.jspecify.annotations.NullMarked;
