/** What probes saw over a time, as far as it is drawn: read from the record, a sample of it. */
@NullMarked
package parallax.coordinator.sight;

import org.jspecify.annotations.NullMarked;
