package parallax.coordinator.desk;

import java.time.Instant;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;

/**
 * A letter to one receiver, as it is on record.
 *
 * @param incident as it was then
 * @param number which one of its kind, see {@link Notice}
 */
public record Letter(
    Notice.Kind kind, Incident incident, int number, String receiver, Instant planned) {}
