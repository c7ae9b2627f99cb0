/** {@code parallax registration parse}: what stored answers of registries say. */
@NullMarked
package parallax.deploy.registration;

import org.jspecify.annotations.NullMarked;
