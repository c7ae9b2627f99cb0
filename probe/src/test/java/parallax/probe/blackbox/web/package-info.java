@NullMarked
package parallax.probe.blackbox.web;

import org.jspecify.annotations.NullMarked;
