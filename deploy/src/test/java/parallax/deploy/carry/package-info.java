/** Tests of imports, on configurations that others have published. */
@NullMarked
package parallax.deploy.carry;

import org.jspecify.annotations.NullMarked;
