/** Probes of name servers. Imports look, module and the transport of DNS checks. */
@NullMarked
package parallax.probe.blackbox.dns;

import org.jspecify.annotations.NullMarked;
