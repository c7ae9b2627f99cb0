/**
 * Reads how routes are watched: what stands under the key {@code bgp} of a file. Imports bind,
 * text, check, read.check, routes and yaml.
 */
@NullMarked
package parallax.config.read.routes;

import org.jspecify.annotations.NullMarked;
