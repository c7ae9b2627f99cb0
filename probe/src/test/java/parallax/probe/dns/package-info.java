/** Tests of the DNS check and resolver, against a real name server and a hostile one. */
@NullMarked
package parallax.probe.dns;

import org.jspecify.annotations.NullMarked;
