/**
 * Public lists that are kept up to date: shipped, downloaded anew while running, and kept on disk
 * for the next start. Imports line, courtesy, rdap and suffix.
 */
@NullMarked
package parallax.probe.registration.keep;

import org.jspecify.annotations.NullMarked;
