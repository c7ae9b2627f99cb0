package parallax.coordinator.replay.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.replay.judge.Mismatch.Kind;
import parallax.coordinator.replay.record.RecordedIncident;
import parallax.coordinator.replay.record.Recording;
import parallax.coordinator.replay.record.StateChange;
import parallax.coordinator.replay.scenario.Expectations.ExpectedState;
import parallax.coordinator.replay.scenario.Expectations.Forbidden;
import parallax.coordinator.replay.scenario.ExpectedIncident;
import parallax.coordinator.replay.scenario.Scenario;

/** Compares what was said with what is expected. */
public final class Judge {
  private final Scenario scenario;
  private final Recording recording;
  private final List<Mismatch> failures = new ArrayList<>();

  private Judge(Scenario scenario, Recording recording) {
    this.scenario = scenario;
    this.recording = recording;
  }

  public static Judgement judge(Scenario scenario, Recording recording) {
    return new Judge(scenario, recording).judgement();
  }

  private Judgement judgement() {
    Assignment assignment = new Assignment(scenario.expect(), recording.incidents());
    List<Long> openedAfterMs = new ArrayList<>();
    for (ExpectedIncident expected : scenario.expect().incidents()) {
      List<RecordedIncident> incidents = assignment.of(expected);
      failures.addAll(IncidentJudge.judge(expected, incidents));
      if (!incidents.isEmpty() && expected.subject() == Subject.SERVICE) {
        openedAfterMs.add(IncidentJudge.openedMs(incidents) - expected.onsetMs());
      }
    }
    for (Judgement.Told told : assignment.told()) {
      if (told.matches().isEmpty()) {
        fail("-", Kind.UNEXPECTED, "nothing more", Words.incident(told.incident()));
      }
    }
    judgeForbidden();
    judgeStates();
    judgeTotal("totals.pages", scenario.expect().pages(), recording.pages());
    judgeTotal("totals.notices", scenario.expect().notices(), recording.notices());
    return new Judgement(assignment.told(), failures, openedAfterMs);
  }

  private void judgeForbidden() {
    int number = 0;
    for (Forbidden forbidden : scenario.expect().forbid()) {
      number++;
      for (RecordedIncident incident : recording.incidents()) {
        judgeForbidden("forbid " + number, forbidden, incident);
      }
    }
    if (scenario.nature() == Scenario.Nature.NEGATIVE) {
      Forbidden global = new Forbidden(List.of(Scope.GLOBAL), List.of(), 0, scenario.durationMs());
      recording.incidents().forEach(one -> judgeForbidden("class negative", global, one));
    }
  }

  private void judgeForbidden(String name, Forbidden forbidden, RecordedIncident incident) {
    boolean touched = forbidden.targets().isEmpty() || incident.touches(forbidden.targets());
    if (incident.subject() == Subject.VANTAGE || !touched) {
      return;
    }
    for (int index = 0; index < incident.labels().size(); index++) {
      long startMs = incident.labels().get(index).atMs();
      long endMs = incident.labelEndMs(index, scenario.durationMs());
      boolean inWindow = startMs < forbidden.endMs() && endMs > forbidden.startMs();
      if (inWindow && forbidden.scopes().contains(incident.labels().get(index).scope())) {
        fail(
            name,
            Kind.FORBIDDEN,
            "no "
                + Words.anyOf(forbidden.scopes())
                + " on "
                + (forbidden.targets().isEmpty() ? "any target" : Words.list(forbidden.targets()))
                + " from "
                + Words.time(forbidden.startMs())
                + " to "
                + Words.time(forbidden.endMs()),
            Words.label(incident.labels().get(index)) + " at " + Words.time(startMs));
        return;
      }
    }
  }

  private void judgeStates() {
    for (ExpectedState expected : scenario.expect().states()) {
      expected.targets().forEach(target -> judgeState(expected, target));
    }
  }

  private void judgeState(ExpectedState expected, String target) {
    List<StateChange> changes = recording.states().getOrDefault(target, List.of());
    for (int index = 0; index < changes.size(); index++) {
      StateChange change = changes.get(index);
      long endMs =
          index + 1 < changes.size() ? changes.get(index + 1).atMs() : scenario.durationMs();
      boolean inWindow = change.atMs() < expected.endMs() && endMs > expected.startMs();
      if (inWindow && !expected.states().contains(change.state())) {
        fail(
            "states " + target,
            Kind.STATES,
            Words.anyOf(expected.states())
                + " from "
                + Words.time(expected.startMs())
                + " to "
                + Words.time(expected.endMs()),
            change.state() + " from " + Words.time(change.atMs()) + " to " + Words.time(endMs));
        return;
      }
    }
  }

  private void judgeTotal(String name, OptionalInt most, long found) {
    if (most.isPresent() && found > most.getAsInt()) {
      fail(name, Kind.TOTALS, "at most " + most.getAsInt(), Long.toString(found));
    }
  }

  private void fail(String expectation, Kind kind, String wanted, String found) {
    failures.add(new Mismatch(expectation, kind, wanted, found));
  }
}
