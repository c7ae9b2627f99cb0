@NullMarked
package parallax.coordinator.api.pages;

import org.jspecify.annotations.NullMarked;
