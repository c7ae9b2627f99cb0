/**
 * Checks of services other than the web: one connection for all protocols, upgraded to TLS where
 * the dialogue says so. Imports net and tls; what is said is decided in the packages below.
 */
@NullMarked
package parallax.probe.service;

import org.jspecify.annotations.NullMarked;
