/**
 * Whom to tell what, and when: a pure function of what the core decided, what people did, how
 * receivers do, the configuration and the time. Imports core and config.
 */
@NullMarked
package parallax.coordinator.desk;

import org.jspecify.annotations.NullMarked;
