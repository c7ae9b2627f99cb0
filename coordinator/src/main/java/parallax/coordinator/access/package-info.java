/**
 * Who is asking, and whether they come in: pure functions of the rules and of what a request shows.
 * Depends on the configuration and on plain texts.
 */
@NullMarked
package parallax.coordinator.access;

import org.jspecify.annotations.NullMarked;
