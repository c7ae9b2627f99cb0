/** What pages cost: how soon they come, and what many readers take from taking in looks. */
@NullMarked
package parallax.bench.pages;

import org.jspecify.annotations.NullMarked;
