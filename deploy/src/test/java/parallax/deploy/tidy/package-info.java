/** Style as a test: the rules of CONTRIBUTING.md that a machine can see. */
@NullMarked
package parallax.deploy.tidy;

import org.jspecify.annotations.NullMarked;
