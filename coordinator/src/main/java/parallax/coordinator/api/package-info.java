/** The HTTP side: routes, JSON and problem documents. Imports view, json, page, metrics, store. */
@NullMarked
package parallax.coordinator.api;

import org.jspecify.annotations.NullMarked;
