/** Whose route leads to an address, asked of several that may know. Imports facts, check, net. */
@NullMarked
package parallax.probe.audit.origin;

import org.jspecify.annotations.NullMarked;
