package parallax.coordinator.replay.record;

import java.util.List;
import java.util.SortedMap;
import parallax.coordinator.core.incident.Incident.Subject;

/**
 * All that came of a replay.
 *
 * @param incidents that were published, by time of publication
 * @param states of every target, by time, from the start on
 * @param checksScheduled how many checks were made by schedule
 * @param checksAsked how many were made because the core asked for them
 */
public record Recording(
    List<RecordedIncident> incidents,
    SortedMap<String, List<StateChange>> states,
    long checksScheduled,
    long checksAsked) {

  public Recording {
    incidents = List.copyOf(incidents);
  }

  /** Service incidents: each was one page. */
  public long pages() {
    return count(Subject.SERVICE);
  }

  /** Incidents on our own side: each was one notice. */
  public long notices() {
    return count(Subject.VANTAGE);
  }

  private long count(Subject subject) {
    return incidents.stream().filter(incident -> incident.subject() == subject).count();
  }
}
