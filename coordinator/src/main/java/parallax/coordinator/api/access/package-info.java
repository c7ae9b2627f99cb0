/**
 * Who is asking, by HTTP: cookies, tokens, signing in and out. What is decided about them is
 * decided in access. Imports access, exchange and page.
 */
@NullMarked
package parallax.coordinator.api.access;

import org.jspecify.annotations.NullMarked;
