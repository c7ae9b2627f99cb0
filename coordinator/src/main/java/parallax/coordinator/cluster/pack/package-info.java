/** Bytes of what members say to one another: small, bounded when read. Imports the JDK alone. */
@NullMarked
package parallax.coordinator.cluster.pack;

import org.jspecify.annotations.NullMarked;
