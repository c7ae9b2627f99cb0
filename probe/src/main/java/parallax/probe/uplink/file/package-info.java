/**
 * What a probe keeps in files beside its spool: its last assignment, the number of its last run.
 * Imports the frames of config.
 */
@NullMarked
package parallax.probe.uplink.file;

import org.jspecify.annotations.NullMarked;
