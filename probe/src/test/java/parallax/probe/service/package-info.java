@NullMarked
package parallax.probe.service;

import org.jspecify.annotations.NullMarked;
