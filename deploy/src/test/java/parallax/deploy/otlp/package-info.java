@NullMarked
package parallax.deploy.otlp;

import org.jspecify.annotations.NullMarked;
