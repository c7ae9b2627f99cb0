@NullMarked
package parallax.deploy.registration;

import org.jspecify.annotations.NullMarked;
