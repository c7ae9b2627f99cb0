/** A blackbox.yml, and the jobs of a prometheus.yml that use it, as targets of ours. No I/O. */
@NullMarked
package parallax.deploy.carry.blackbox;

import org.jspecify.annotations.NullMarked;
