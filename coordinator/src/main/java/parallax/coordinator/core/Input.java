package parallax.coordinator.core;

import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.RouteView;
import parallax.coordinator.core.watch.Watchlist;

/** What happens to the core. */
public sealed interface Input {
  /** An observation arrived. */
  record Observed(Evidence evidence) implements Input {}

  /** A probe is alive. */
  record Heard(Beat beat) implements Input {}

  /** Route collectors looked at a prefix. */
  record Routed(RouteView view) implements Input {}

  /** All that is now known of what a target stands on, beyond its configuration. */
  record Learnt(TargetName target, Dependencies dependencies) implements Input {}

  /** Time passed. Comes about once a second. */
  record Tick() implements Input {}

  /** Users changed what is watched. */
  record Configured(Watchlist watchlist) implements Input {}
}
