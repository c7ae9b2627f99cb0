/**
 * Judges the certificates of a server: pure functions of the chain, the name, the trusted CAs and
 * the time. Imports config, net and the JDK.
 */
@NullMarked
package parallax.probe.tls.judge;

import org.jspecify.annotations.NullMarked;
