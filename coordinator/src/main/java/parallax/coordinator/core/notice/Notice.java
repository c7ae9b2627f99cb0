package parallax.coordinator.core.notice;

import java.util.List;
import parallax.coordinator.core.incident.Incident;

/**
 * Something people are told, once.
 *
 * @param incident as it was when the notice was planned
 * @param receivers names of receivers; empty: only the operator's log
 */
public record Notice(Kind kind, Incident incident, List<String> receivers) {
  public Notice {
    receivers = List.copyOf(receivers);
  }

  /** The transition that is told. */
  public enum Kind {
    OPENED,
    /** It seemed to be over, people were told so, and it is not. */
    REOPENED,
    RESOLVED
  }

  /** The same notice has the same key: incident, transition and which one of its kind, receiver. */
  public String key(String receiver) {
    String again = incident.reopened() == 0 ? "" : String.valueOf(incident.reopened());
    return incident.id() + ":" + kind + again + ":" + receiver;
  }
}
