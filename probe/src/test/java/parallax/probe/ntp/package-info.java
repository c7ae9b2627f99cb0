/** Time servers, real and hostile. */
@NullMarked
package parallax.probe.ntp;

import org.jspecify.annotations.NullMarked;
