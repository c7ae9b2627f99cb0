/** The routes that targets stand on, as a page for people. Imports page. */
@NullMarked
package parallax.coordinator.page.routes;

import org.jspecify.annotations.NullMarked;
