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
    RESOLVED
  }

  /** The same notice has the same key: incident, transition, receiver. */
  public String key(String receiver) {
    return incident.id() + ":" + kind + ":" + receiver;
  }
}
