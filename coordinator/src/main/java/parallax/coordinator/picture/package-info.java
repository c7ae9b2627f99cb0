/**
 * Pictures of incidents: what was held to be true and what was seen from where, before, while and
 * after, with what happened. One drawing for SVG and PNG.
 */
@NullMarked
package parallax.coordinator.picture;

import org.jspecify.annotations.NullMarked;
