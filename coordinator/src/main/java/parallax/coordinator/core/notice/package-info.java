/** From incidents to what people are told. Imports incident, verdict, reading and config. */
@NullMarked
package parallax.coordinator.core.notice;

import org.jspecify.annotations.NullMarked;
