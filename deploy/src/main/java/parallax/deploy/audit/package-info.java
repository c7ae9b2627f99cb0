/** {@code parallax audit PATH}: what targets share and what ends, before it hurts. */
@NullMarked
package parallax.deploy.audit;

import org.jspecify.annotations.NullMarked;
