@NullMarked
package parallax.coordinator.store.document;

import org.jspecify.annotations.NullMarked;
