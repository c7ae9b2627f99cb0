/** What people see, in a real browser: every page by every way of reading it. */
@NullMarked
package parallax.browser;

import org.jspecify.annotations.NullMarked;
