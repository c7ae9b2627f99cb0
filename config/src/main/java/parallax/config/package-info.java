/** The shared language: what users write, what probes report. Imports its own packages only. */
@NullMarked
package parallax.config;

import org.jspecify.annotations.NullMarked;
