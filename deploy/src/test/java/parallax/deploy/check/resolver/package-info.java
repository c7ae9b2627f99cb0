@NullMarked
package parallax.deploy.check.resolver;

import org.jspecify.annotations.NullMarked;
