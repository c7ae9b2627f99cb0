/**
 * Probes by HTTP: requests, redirects, what is said about the answer. Imports look, module, and the
 * exchanges of the HTTP check.
 */
@NullMarked
package parallax.probe.blackbox.http;

import org.jspecify.annotations.NullMarked;
