/**
 * Conditions on JSON in the Common Expression Language. The only package that knows its library.
 */
@NullMarked
package parallax.probe.blackbox.condition;

import org.jspecify.annotations.NullMarked;
