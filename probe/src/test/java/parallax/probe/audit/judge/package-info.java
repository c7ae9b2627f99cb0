@NullMarked
package parallax.probe.audit.judge;

import org.jspecify.annotations.NullMarked;
