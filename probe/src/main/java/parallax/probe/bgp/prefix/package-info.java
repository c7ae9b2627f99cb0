/**
 * Sets of prefixes of one family in primitive arrays: {@code PrefixTrie} for some thousand that are
 * asked for what holds what, {@code PrefixIndex} for whole tables that change all the time. One
 * writer; no I/O, no clock.
 */
@NullMarked
package parallax.probe.bgp.prefix;

import org.jspecify.annotations.NullMarked;
