/** {@code parallax report}: what a month was like, made of the record or by a coordinator. */
@NullMarked
package parallax.deploy.report;

import org.jspecify.annotations.NullMarked;
