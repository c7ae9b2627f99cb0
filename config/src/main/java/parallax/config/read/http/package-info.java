/** Reads what is written about HTTP requests and their answers. Imports bind, check and text. */
@NullMarked
package parallax.config.read.http;

import org.jspecify.annotations.NullMarked;
