/** What goes into an archive: its jars, the list of them, and what their authors allow. */
@NullMarked
package parallax.deploy.packing;

import org.jspecify.annotations.NullMarked;
