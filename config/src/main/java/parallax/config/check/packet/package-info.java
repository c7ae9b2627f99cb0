/** What checks of single packets send and expect. Imports secret. */
@NullMarked
package parallax.config.check.packet;

import org.jspecify.annotations.NullMarked;
