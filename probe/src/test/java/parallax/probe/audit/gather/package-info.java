@NullMarked
package parallax.probe.audit.gather;

import org.jspecify.annotations.NullMarked;
