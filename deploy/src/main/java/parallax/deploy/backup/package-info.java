/** The commands that copy a record, bring it back, and prove that they can. */
@NullMarked
package parallax.deploy.backup;

import org.jspecify.annotations.NullMarked;
