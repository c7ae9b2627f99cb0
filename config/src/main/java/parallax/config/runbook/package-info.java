/** What to do about trouble: for people to read, and for machines to do. Imports policy, secret. */
@NullMarked
package parallax.config.runbook;

import org.jspecify.annotations.NullMarked;
