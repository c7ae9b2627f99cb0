/**
 * What people do by forms on pages: brought to what the same deed of the API takes, and its answer
 * back to a page. Imports access, page and people.
 */
@NullMarked
package parallax.coordinator.api.forms;

import org.jspecify.annotations.NullMarked;
