/** Opens TCP connections. Imports config, check and net. */
@NullMarked
package parallax.probe.tcp;

import org.jspecify.annotations.NullMarked;
