/** What others write: mappings of their files, and services by what is known of them. No I/O. */
@NullMarked
package parallax.deploy.carry.theirs;

import org.jspecify.annotations.NullMarked;
