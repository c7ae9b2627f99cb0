/** What is kept, as documents: the same ones in every record. Imports core. */
@NullMarked
package parallax.coordinator.store.document;

import org.jspecify.annotations.NullMarked;
