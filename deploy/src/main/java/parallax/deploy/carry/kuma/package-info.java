/** A backup of Uptime Kuma as a configuration of ours. No I/O. */
@NullMarked
package parallax.deploy.carry.kuma;

import org.jspecify.annotations.NullMarked;
