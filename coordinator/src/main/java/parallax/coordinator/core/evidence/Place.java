package parallax.coordinator.core.evidence;

import java.time.Instant;
import parallax.config.observation.Observation;

/** The place of a look among the looks of one probe: by its start, then as the probe counted. */
public record Place(Instant started, long boot, long sequence) implements Comparable<Place> {
  static Place of(Evidence evidence) {
    Observation observation = evidence.observation();
    return new Place(observation.started(), observation.id().boot(), observation.id().sequence());
  }

  @Override
  public int compareTo(Place other) {
    int byStart = started.compareTo(other.started);
    if (byStart != 0) {
      return byStart;
    }
    int byBoot = Long.compare(boot, other.boot);
    return byBoot != 0 ? byBoot : Long.compare(sequence, other.sequence);
  }
}
