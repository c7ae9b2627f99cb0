/**
 * A configuration of ours that is made of one of somebody else's: what is gathered, how it is
 * written as YAML, and how the reader of configurations is asked what of it can stand. No I/O.
 */
@NullMarked
package parallax.deploy.carry.draft;

import org.jspecify.annotations.NullMarked;
