/** What will run out, by date: as a page, and as a calendar that others subscribe to. Imports page. */
@NullMarked
package parallax.coordinator.page.dates;

import org.jspecify.annotations.NullMarked;
