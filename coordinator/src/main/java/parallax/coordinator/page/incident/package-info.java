/** Incidents as pages for people: the list, and the notebook of one. Imports page, postmortem. */
@NullMarked
package parallax.coordinator.page.incident;

import org.jspecify.annotations.NullMarked;
