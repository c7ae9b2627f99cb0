/** The pages for people by HTTP: what is asked, read from the record, and sent. Imports page. */
@NullMarked
package parallax.coordinator.api.pages;

import org.jspecify.annotations.NullMarked;
