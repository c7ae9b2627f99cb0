/** Speaks with a coordinator's API, and prints what it answers. */
@NullMarked
package parallax.deploy.client;

import org.jspecify.annotations.NullMarked;
