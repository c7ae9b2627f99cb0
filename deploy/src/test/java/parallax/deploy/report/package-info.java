/** Tests of the command that tells what a month was like. */
@NullMarked
package parallax.deploy.report;

import org.jspecify.annotations.NullMarked;
