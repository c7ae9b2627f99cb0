package parallax.coordinator.core.notice;

import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;

/**
 * Something people are told, once. The core says that there is something to tell, to nobody in
 * particular; the desk says to whom.
 *
 * @param incident as it was when the notice was planned
 * @param number which one of its kind, from 1, where there can be several; else 0
 * @param receivers names of receivers; empty: only the operator's log
 */
public record Notice(
    Kind kind, Incident incident, int number, Along along, List<String> receivers) {
  public Notice {
    receivers = List.copyOf(receivers);
  }

  /** The only one of its kind, with nothing along. */
  public Notice(Kind kind, Incident incident, List<String> receivers) {
    this(kind, incident, 0, Along.NOTHING, receivers);
  }

  /** Why it is told. */
  public enum Kind {
    OPENED,
    /** It seemed to be over, people were told so, and it is not. */
    REOPENED,
    /** Its scope, its cause or its size is another than was told. */
    CHANGED,
    /** It lasts. */
    REMINDER,
    /** Nobody has acknowledged it. */
    ESCALATED,
    ACKNOWLEDGED,
    RESOLVED;

    /** Whether a letter of this kind says nothing any more once there is a later one. */
    public boolean isSupersededBy(Kind later) {
      return switch (this) {
        case CHANGED, REMINDER, ESCALATED -> true;
        case ACKNOWLEDGED -> later == RESOLVED;
        case OPENED, REOPENED, RESOLVED -> false;
      };
    }
  }

  /**
   * What goes along.
   *
   * @param held letters that the receiver would have got since the last one, had there been room
   * @param by who acknowledged the incident
   * @param others incidents that the same letter tells of
   * @param within the incident whose letter tells of this one, so that it gets none of its own
   */
  public record Along(
      int held, Optional<String> by, List<IncidentId> others, Optional<IncidentId> within) {
    public static final Along NOTHING = new Along(0, Optional.empty(), List.of(), Optional.empty());

    public Along {
      others = List.copyOf(others);
    }
  }

  /** The same notice has the same key: incident, transition and which one of its kind, receiver. */
  public String key(String receiver) {
    String again = incident.reopened() == 0 ? "" : String.valueOf(incident.reopened());
    String which = number == 0 ? "" : "." + number;
    return incident.id() + ":" + kind + again + which + ":" + receiver;
  }

  /** The number in a key, 0 where there is none. */
  public static int numberIn(String key, String receiver) {
    int end = key.length() - receiver.length() - 1;
    int dot = end < 0 ? -1 : key.lastIndexOf('.', end);
    if (dot <= key.lastIndexOf(':', end - 1)) {
      return 0;
    }
    String digits = key.substring(dot + 1, end);
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
  }
}
