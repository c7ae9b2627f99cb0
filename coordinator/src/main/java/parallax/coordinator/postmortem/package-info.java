/**
 * What is to be told of an incident afterwards: its timeline, and the first draft of what people
 * write about it. Imports view, notebook, store.
 */
@NullMarked
package parallax.coordinator.postmortem;

import org.jspecify.annotations.NullMarked;
