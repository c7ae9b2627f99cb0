/** From incidents to what people are told. Imports incident and config. */
@NullMarked
package parallax.coordinator.core.notice;

import org.jspecify.annotations.NullMarked;
