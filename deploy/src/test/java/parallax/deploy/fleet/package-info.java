/**
 * Coordinators, PostgreSQL and probes as processes in network namespaces, killed, cut off, paused
 * and lied to: nothing may be lost, nothing told twice. The usual build runs each fault once;
 * {@code -Dparallax.campaign=full} as often as is promised, which takes hours.
 */
@NullMarked
package parallax.deploy.fleet;

import org.jspecify.annotations.NullMarked;
