/** From incidents to what people are told. */
@NullMarked
package parallax.coordinator.core.notice;

import org.jspecify.annotations.NullMarked;
