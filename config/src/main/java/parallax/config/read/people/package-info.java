/** Reads what people do, and have done, about trouble. Imports bind, policy, runbook, report. */
@NullMarked
package parallax.config.read.people;

import org.jspecify.annotations.NullMarked;
