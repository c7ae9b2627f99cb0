/**
 * What probes report: one closed vocabulary of layers, reasons and outcomes. Imports target and
 * check.
 */
@NullMarked
package parallax.config.observation;

import org.jspecify.annotations.NullMarked;
