package parallax.coordinator.cluster.feed;

import java.util.List;
import parallax.coordinator.core.evidence.Evidence;

/**
 * Evidence for whoever decides, in order of arrival in each shard.
 *
 * @param kind what it is
 * @param evidence at least one
 * @param stored to be called on any thread, once all of it is in the record or never will be;
 *     nothing happens for kinds other than {@link Kind#JOURNAL}
 */
public record Delivery(Kind kind, List<Evidence> evidence, Runnable stored) {
  /** What evidence is. */
  public enum Kind {
    /** Was read, and stored, by a leader before: what the cluster remembers of each target. */
    HELD,
    /** Waits to be stored. */
    JOURNAL,
    /** Found the journal full: to be decided on; it comes again to be stored. */
    PASSING
  }

  public Delivery {
    evidence = List.copyOf(evidence);
  }
}
