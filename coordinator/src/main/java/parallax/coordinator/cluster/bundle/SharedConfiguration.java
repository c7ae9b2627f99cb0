package parallax.coordinator.cluster.bundle;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The configuration that all members apply together. Thread-safe; never blocks. */
public interface SharedConfiguration {
  /**
   * Publishes a bundle, for the leader to do. It becomes active when all members that are present
   * are ready for it, at the latest after {@link #MAX_WAIT_SECONDS}.
   *
   * @return false when there is a bundle of this revision or a later one, or nobody could tell
   */
  CompletionStage<Boolean> publish(Bundle bundle);

  /** The active bundle, as it was applied here last. */
  Optional<Bundle> active();

  /** After so long a bundle becomes active, whoever is not ready. */
  int MAX_WAIT_SECONDS = 10;
}
