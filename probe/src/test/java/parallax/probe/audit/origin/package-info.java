@NullMarked
package parallax.probe.audit.origin;

import org.jspecify.annotations.NullMarked;
