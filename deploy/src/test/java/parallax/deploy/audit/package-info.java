/** Tests of how an audit is shown. */
@NullMarked
package parallax.deploy.audit;

import org.jspecify.annotations.NullMarked;
