/**
 * What a month was like for targets: uptime, incidents and objectives with the method by which they
 * are counted, as HTML, CSV and JSON. Pure, but for {@code Accountant}, which reads the record.
 */
@NullMarked
package parallax.coordinator.accounting;

import org.jspecify.annotations.NullMarked;
