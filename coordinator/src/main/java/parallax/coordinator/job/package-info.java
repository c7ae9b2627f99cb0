/**
 * Jobs, which nobody looks at: they say themselves that they are alive, and are judged by the
 * coordinator's own clock. Pure but for {@link parallax.coordinator.job.JobDecider}, which keeps
 * the state. Imports core, notebook.
 */
@NullMarked
package parallax.coordinator.job;

import org.jspecify.annotations.NullMarked;
