package parallax.coordinator.core;

import parallax.config.Configuration;
import parallax.coordinator.core.evidence.Evidence;

/** What happens to the core. */
public sealed interface Input {
  /** An observation arrived. */
  record Observed(Evidence evidence) implements Input {}

  /** Time passed. Comes about once a second. */
  record Tick() implements Input {}

  /** Users changed what is watched. */
  record Configured(Configuration configuration) implements Input {}
}
