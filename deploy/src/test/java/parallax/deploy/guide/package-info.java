/** What the guide says, held against what there is. */
@NullMarked
package parallax.deploy.guide;

import org.jspecify.annotations.NullMarked;
