package parallax.coordinator.desk;

import java.time.Instant;
import java.util.Optional;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;

/**
 * What one receiver was told of one incident. It follows from the letters alone, so it is the same
 * for whoever reads them from the record.
 *
 * @param knows whether the receiver holds the incident to be open
 * @param era how often the incident had been reopened when it was told last
 * @param said in the newest letter
 * @param at when that was
 * @param counts of this era
 * @param acknowledged whether it was told in this era that somebody takes care
 * @param differs since when what was said is not so any more
 */
record Line(
    boolean knows,
    int era,
    Said said,
    Instant at,
    Counts counts,
    boolean acknowledged,
    Optional<Instant> differs) {

  /** The highest number of a letter of each kind. */
  record Counts(int changes, int reminders, int escalated) {
    static final Counts NONE = new Counts(0, 0, 0);
  }

  /** After a letter, the first or another one. */
  static Line after(Optional<Line> before, Letter letter) {
    Incident incident = letter.incident();
    int era = incident.reopened();
    Optional<Line> same = before.filter(line -> line.era == era);
    return new Line(
        letter.kind() != Notice.Kind.RESOLVED,
        era,
        Said.of(incident),
        letter.planned(),
        counted(same.map(Line::counts).orElse(Counts.NONE), letter),
        letter.kind() == Notice.Kind.ACKNOWLEDGED || same.filter(Line::acknowledged).isPresent(),
        Optional.empty());
  }

  private static Counts counted(Counts before, Letter letter) {
    int number = letter.number();
    return switch (letter.kind()) {
      case CHANGED ->
          new Counts(Math.max(before.changes, number), before.reminders, before.escalated);
      case REMINDER ->
          new Counts(before.changes, Math.max(before.reminders, number), before.escalated);
      case ESCALATED ->
          new Counts(before.changes, before.reminders, Math.max(before.escalated, number));
      case OPENED, REOPENED, ACKNOWLEDGED, RESOLVED -> before;
    };
  }

  /** What was counted in an era; nothing where this is of another. */
  Counts countsOf(int other) {
    return era == other ? counts : Counts.NONE;
  }

  /** With what is so now, looked at. */
  Line comparedWith(Said now, Instant when) {
    Optional<Instant> since =
        said.differsFrom(now) ? differs.or(() -> Optional.of(when)) : Optional.empty();
    return since.equals(differs)
        ? this
        : new Line(knows, era, said, at, counts, acknowledged, since);
  }
}
