package parallax.coordinator.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.drill.stage.Stage;
import parallax.coordinator.view.Words;

/** What is written down of a drill while it goes on. Thread-safe. */
final class Ledger {
  private final Report start;
  private final List<Report.Line> letters = new ArrayList<>();
  private final List<Report.Line> nobody = new ArrayList<>();
  private List<Report.Affair> incidents = List.of();
  private Duration passed = Duration.ZERO;
  private Optional<Report.End> ended = Optional.empty();
  private int more;

  /** Of a drill that begins. */
  Ledger(String id, Order order, Stage stage, String who, Instant asked) {
    start =
        new Report(
            id,
            stage.title(),
            who,
            asked,
            order.pace(),
            order.send(),
            stage.start().plusMillis(stage.leadInMs()),
            Duration.ofMillis(stage.lengthMs() - stage.leadInMs()),
            Duration.ZERO,
            Optional.empty(),
            List.of(),
            0,
            List.of(),
            List.of(),
            stage.remarks());
  }

  /**
   * Writes a letter down.
   *
   * @return its place; empty when there is no room
   */
  synchronized Optional<Integer> letter(Report.Line line) {
    if (letters.size() >= Report.MAX_LETTERS) {
      more++;
      return Optional.empty();
    }
    letters.add(line);
    return Optional.of(letters.size() - 1);
  }

  synchronized void fate(int place, Report.Fate fate) {
    letters.set(place, letters.get(place).with(fate));
  }

  /** That nobody is told of something. */
  synchronized void nobody(Report.Line line) {
    if (nobody.size() < Report.MAX_LETTERS) {
      nobody.add(line);
    }
  }

  /** How far it is. */
  synchronized void passed(Duration time, List<Incident> all) {
    passed = time.compareTo(start.length()) > 0 ? start.length() : time;
    incidents = all.stream().limit(Report.MAX_INCIDENTS).map(Ledger::affair).toList();
  }

  synchronized void ended(Report.End end) {
    if (ended.isEmpty()) {
      ended = Optional.of(end);
    }
  }

  synchronized Report report() {
    return new Report(
        start.id(),
        start.title(),
        start.who(),
        start.asked(),
        start.pace(),
        start.send(),
        start.begins(),
        start.length(),
        passed,
        ended,
        letters,
        more,
        nobody,
        incidents,
        start.remarks());
  }

  private static Report.Affair affair(Incident incident) {
    return new Report.Affair(
        incident.id().value(),
        incident.subject().name().toLowerCase(Locale.ROOT),
        incident.scope().name(),
        incident.cause().culprit(),
        incident.targets().size(),
        Words.of(incident),
        incident.onset(),
        incident.published(),
        incident.resolved());
  }
}
