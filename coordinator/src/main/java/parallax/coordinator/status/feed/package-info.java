/** Feeds of incidents: Atom (RFC 4287) and JSON Feed 1.1. Imports the model and the words. */
@NullMarked
package parallax.coordinator.status.feed;

import org.jspecify.annotations.NullMarked;
