/**
 * What the states of a registration mean: whether the name still resolves, how bad that is, and who
 * acted. Imports java alone; the spellings stand in {@code states.txt}.
 */
@NullMarked
package parallax.probe.registration.status;

import org.jspecify.annotations.NullMarked;
