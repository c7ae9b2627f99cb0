/**
 * Several HTTP requests one after another: values captured from answers, cookies, and where they
 * may lead. Imports config, check, http, net, and the list of public suffixes.
 */
@NullMarked
package parallax.probe.journey;

import org.jspecify.annotations.NullMarked;
