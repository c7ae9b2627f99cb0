/**
 * What probes show of how they came to an outcome: the way to a zone, the certificates of a server.
 * Imports text.
 */
@NullMarked
package parallax.config.observation.seen;

import org.jspecify.annotations.NullMarked;
