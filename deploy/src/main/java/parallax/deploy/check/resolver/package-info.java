/** Resolvers side by side, as {@code check} is told of them and as they stand beside the source. */
@NullMarked
package parallax.deploy.check.resolver;

import org.jspecify.annotations.NullMarked;
