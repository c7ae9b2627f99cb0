package parallax.coordinator.notebook;

import java.time.Instant;
import parallax.coordinator.core.incident.IncidentId;

/**
 * One entry of the notebook, which is never changed and never removed.
 *
 * @param sequence orders the entries of all incidents; whoever sees one sees all before it
 * @param who {@link #CORE}, a person's name, or {@link #receiver}
 */
public record Entry(
    long sequence, IncidentId incident, Instant happened, String who, Happening what) {
  /** Who writes what was decided. */
  public static final String CORE = "core";

  /**
   * The most entries of one incident that tell of changes, of targets that joined and of who was
   * told. Further ones are left out; what opened, resolved or re-opened it never is.
   */
  public static final int MAX_ENTRIES = 5000;

  /** The most entries of one incident with which people may still add to it. */
  public static final int MAX_WITH_PEOPLES = 2 * MAX_ENTRIES;

  public Entry {
    who = PlainText.line(who, PlainText.MAX_NAME);
  }

  /** Who carried something, or failed to. */
  public static String receiver(String name) {
    return "receiver:" + name;
  }
}
