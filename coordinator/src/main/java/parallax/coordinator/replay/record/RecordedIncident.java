package parallax.coordinator.replay.record;

import java.util.List;
import java.util.OptionalLong;
import parallax.coordinator.core.incident.Incident.Subject;

/**
 * An incident that was published.
 *
 * @param targets all that it ever touched, sorted; empty for our own side
 * @param openedMs when the verdict fell
 * @param labels by time, at least one; the first stands at the publication
 * @param evidence the observations it rested on, as {@code probe|target|kind|start in ms}
 */
public record RecordedIncident(
    String id,
    Subject subject,
    List<String> targets,
    long openedMs,
    long publishedMs,
    OptionalLong resolvedMs,
    List<Label> labels,
    List<String> evidence) {

  public RecordedIncident {
    targets = List.copyOf(targets);
    labels = List.copyOf(labels);
    evidence = List.copyOf(evidence);
  }

  /** The label in force at a moment; before the publication it is the first. */
  public Label labelAt(long atMs) {
    Label found = labels.getFirst();
    for (Label label : labels) {
      if (label.atMs() <= atMs) {
        found = label;
      }
    }
    return found;
  }

  /** When the label of this index is no longer in force. */
  public long labelEndMs(int index, long endOfScenarioMs) {
    return index + 1 < labels.size()
        ? labels.get(index + 1).atMs()
        : resolvedMs.orElse(endOfScenarioMs);
  }

  public boolean touches(List<String> some) {
    return some.stream().anyMatch(targets::contains);
  }
}
