/** Tests of resolvers as vantages, through a real Unbound and hostile servers. */
@NullMarked
package parallax.probe.dns.vantage;

import org.jspecify.annotations.NullMarked;
