/** How what users report is taken. Imports nothing of ours. */
@NullMarked
package parallax.config.report;

import org.jspecify.annotations.NullMarked;
