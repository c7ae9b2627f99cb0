/** Tests of monthly reports. */
@NullMarked
package parallax.coordinator.accounting;

import org.jspecify.annotations.NullMarked;
