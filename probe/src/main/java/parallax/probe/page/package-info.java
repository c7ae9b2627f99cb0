/**
 * A page with all that it loads, fetched without a browser: HTML and CSS are read for what they
 * name (jsoup), nothing is run. Imports config, check, http, journey.
 */
@NullMarked
package parallax.probe.page;

import org.jspecify.annotations.NullMarked;
