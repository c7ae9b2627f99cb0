/**
 * What checks have in common: the contract, the deadline, the result. Each check is a package of
 * its own beside this one. Imports config only.
 */
@NullMarked
package parallax.probe.check;

import org.jspecify.annotations.NullMarked;
