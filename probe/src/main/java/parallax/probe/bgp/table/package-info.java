/**
 * Who carries which prefix by which path, in primitive arrays: a table of a million prefixes and
 * fifty peers fits into one small machine. One writer; no I/O, no clock.
 */
@NullMarked
package parallax.probe.bgp.table;

import org.jspecify.annotations.NullMarked;
