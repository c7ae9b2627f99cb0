/**
 * What all parts of the wire form share: faults and bounds, instants, durations and enums. Reading
 * raises {@link parallax.config.wire.field.WireFault}, which never leaves {@code
 * parallax.config.wire}.
 */
@NullMarked
package parallax.config.wire.field;

import org.jspecify.annotations.NullMarked;
