/**
 * What the DNSSEC judge is given: signed record sets as servers sent them, zone by zone, and trust
 * anchors. Nothing here judges; {@code MaterialReader} only bounds and sorts. Imports dnsjava.
 */
@NullMarked
package parallax.probe.dns.dnssec.material;

import org.jspecify.annotations.NullMarked;
