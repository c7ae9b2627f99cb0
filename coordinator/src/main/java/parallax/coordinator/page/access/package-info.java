/** Signing in and out, and what is said to whoever may not: plain functions of what is shown. */
@NullMarked
package parallax.coordinator.page.access;

import org.jspecify.annotations.NullMarked;
