/** Requests one after another, and what is carried from one to the next. Imports http, secret. */
@NullMarked
package parallax.config.check.journey;

import org.jspecify.annotations.NullMarked;
