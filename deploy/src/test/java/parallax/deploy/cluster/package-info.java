/**
 * Members of a cluster as processes in network namespaces: cut off, killed, suspended, attacked.
 */
@NullMarked
package parallax.deploy.cluster;

import org.jspecify.annotations.NullMarked;
