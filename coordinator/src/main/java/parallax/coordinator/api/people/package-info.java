/** What people do by the API, who may, and what they read of it. Imports exchange, store. */
@NullMarked
package parallax.coordinator.api.people;

import org.jspecify.annotations.NullMarked;
