/** What an HTTP request says and what its answer must be. Imports secret. */
@NullMarked
package parallax.config.check.http;

import org.jspecify.annotations.NullMarked;
