package parallax.coordinator.replay.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.replay.judge.Mismatch.Kind;
import parallax.coordinator.replay.record.Label;
import parallax.coordinator.replay.record.RecordedIncident;
import parallax.coordinator.replay.scenario.ExpectedIncident;
import parallax.coordinator.replay.scenario.ExpectedIncident.End;

/** Judges the incidents that count for one expectation. */
final class IncidentJudge {
  private final ExpectedIncident expected;
  private final List<RecordedIncident> incidents;
  private final List<Mismatch> failures = new ArrayList<>();

  private IncidentJudge(ExpectedIncident expected, List<RecordedIncident> incidents) {
    this.expected = expected;
    this.incidents = incidents;
  }

  /**
   * What is not as expected.
   *
   * @param incidents that count for the expectation
   */
  static List<Mismatch> judge(ExpectedIncident expected, List<RecordedIncident> incidents) {
    IncidentJudge judge = new IncidentJudge(expected, incidents);
    if (incidents.isEmpty()) {
      judge.fail(Kind.OPENED, judge.opening(), "nothing");
    } else {
      judge.judgeOpening();
      judge.judgeTargets();
      incidents.forEach(judge::judgeLabel);
      judge.judgePages();
      judge.judgeEnd();
    }
    return judge.failures;
  }

  /** When the first of them was opened. */
  static long openedMs(List<RecordedIncident> incidents) {
    return incidents.stream().mapToLong(RecordedIncident::openedMs).min().orElseThrow();
  }

  private String opening() {
    String latest =
        expected.openWithinMs().isPresent()
            ? "opened by " + Words.time(expected.onsetMs() + expected.openWithinMs().getAsLong())
            : "opened";
    return expected.subject() == Subject.VANTAGE
        ? Words.anyOf(expected.culprits()) + " " + latest
        : latest;
  }

  private void judgeOpening() {
    long openedMs = openedMs(incidents);
    OptionalLong within = expected.openWithinMs();
    if (within.isPresent() && openedMs > expected.onsetMs() + within.getAsLong()) {
      fail(Kind.OPENED, opening(), Words.time(openedMs));
    }
  }

  private void judgeTargets() {
    SortedSet<String> covered = new TreeSet<>();
    incidents.forEach(incident -> covered.addAll(incident.targets()));
    List<String> missing =
        expected.targets().stream().filter(target -> !covered.contains(target)).toList();
    if (!missing.isEmpty()) {
      fail(Kind.TARGETS, "all of the targets covered", "without " + Words.list(missing));
    }
    covered.removeAll(expected.targets());
    covered.removeAll(expected.mayInclude());
    if (!covered.isEmpty()) {
      fail(Kind.TARGETS, "no others covered", Words.list(List.copyOf(covered)));
    }
  }

  /** Scope and cause of a service incident at the moment that is named, of our own at the end. */
  private void judgeLabel(RecordedIncident incident) {
    if (expected.subject() == Subject.VANTAGE) {
      return;
    }
    Label label = incident.labelAt(judgedMs(incident));
    String when = " at " + Words.time(Math.max(judgedMs(incident), incident.publishedMs()));
    if (!expected.scopes().isEmpty() && !expected.scopes().contains(label.scope())) {
      fail(Kind.SCOPE, Words.anyOf(expected.scopes()) + when, Words.scope(label));
    } else if (label.scope() == Scope.REGIONAL
        && !label.regions().containsAll(expected.regions())) {
      String wanted = "REGIONAL (" + String.join(", ", expected.regions()) + ")";
      fail(Kind.SCOPE, wanted + when, Words.scope(label));
    }
    if (!expected.layers().isEmpty()
        && label.layer().filter(expected.layers()::contains).isEmpty()) {
      String wanted = Words.anyOf(expected.layers().stream().map(one -> one.yamlName()).toList());
      fail(Kind.LAYER, wanted + when, label.layer().map(one -> one.yamlName()).orElse("none"));
    }
    if (!expected.culprits().isEmpty() && !expected.culprits().contains(label.culprit())) {
      fail(Kind.CULPRIT, Words.anyOf(expected.culprits()) + when, label.culprit());
    }
  }

  /** When scope and cause are judged: as told, or at the end of the incident, if that is before. */
  private long judgedMs(RecordedIncident incident) {
    long endMs = incident.resolvedMs().orElse(Long.MAX_VALUE);
    OptionalLong within = expected.causeWithinMs();
    return within.isPresent()
        ? Math.min(expected.onsetMs() + within.getAsLong(), endMs)
        : incident.labels().getLast().atMs();
  }

  private void judgePages() {
    if (expected.subject() == Subject.SERVICE && incidents.size() > expected.pages()) {
      fail(
          Kind.PAGES,
          "at most " + expected.pages(),
          incidents.size()
              + ", at "
              + Words.list(incidents.stream().map(one -> Words.time(one.publishedMs())).toList()));
    }
  }

  private void judgeEnd() {
    expected
        .end()
        .ifPresent(
            end -> {
              switch (end) {
                case End.Within within -> judgeResolved(within);
                case End.StillOpen() -> judgeOpen();
              }
            });
  }

  /** The end is declared when the last of them is over. */
  private void judgeResolved(End.Within within) {
    String wanted = "from " + Words.time(within.startMs()) + " to " + Words.time(within.endMs());
    if (incidents.stream().anyMatch(incident -> incident.resolvedMs().isEmpty())) {
      fail(Kind.RESOLVE, wanted, "still open");
      return;
    }
    long lastMs =
        incidents.stream().mapToLong(one -> one.resolvedMs().orElseThrow()).max().orElseThrow();
    if (lastMs < within.startMs() || lastMs > within.endMs()) {
      fail(Kind.RESOLVE, wanted, Words.time(lastMs));
    }
  }

  private void judgeOpen() {
    for (String target : expected.targets()) {
      boolean open =
          incidents.stream()
              .anyMatch(one -> one.resolvedMs().isEmpty() && one.targets().contains(target));
      if (!open) {
        fail(Kind.RESOLVE, "open at the end", target + " is not covered any more");
        return;
      }
    }
  }

  private void fail(Kind kind, String wanted, String found) {
    failures.add(new Mismatch(expected.name(), kind, wanted, found));
  }
}
