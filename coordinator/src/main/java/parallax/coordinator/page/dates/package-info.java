/** What will run out, by date: a page, and a calendar to subscribe to. Imports page. */
@NullMarked
package parallax.coordinator.page.dates;

import org.jspecify.annotations.NullMarked;
