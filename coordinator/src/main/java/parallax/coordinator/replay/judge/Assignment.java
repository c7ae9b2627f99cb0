package parallax.coordinator.replay.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import parallax.coordinator.core.incident.Incident.Subject;
import parallax.coordinator.replay.record.Label;
import parallax.coordinator.replay.record.RecordedIncident;
import parallax.coordinator.replay.scenario.Expectations;
import parallax.coordinator.replay.scenario.Expectations.Allowed;
import parallax.coordinator.replay.scenario.ExpectedIncident;

/**
 * Which incident counts for which expectation: one that touches what is expected to be hit, in its
 * time; where several fit, the one with the latest onset. What is left may be allowed, or touch
 * only what an expectation may include.
 */
final class Assignment {
  private final Map<String, List<RecordedIncident>> byExpectation = new LinkedHashMap<>();
  private final List<Judgement.Told> told = new ArrayList<>();

  Assignment(Expectations expect, List<RecordedIncident> incidents) {
    expect.incidents().forEach(one -> byExpectation.put(one.name(), new ArrayList<>()));
    for (RecordedIncident incident : incidents) {
      Optional<String> matches =
          expectation(expect, incident, one -> isMeant(one, incident))
              .or(() -> allowed(expect, incident))
              .or(() -> expectation(expect, incident, one -> mayInclude(one, incident)));
      matches.map(byExpectation::get).ifPresent(counted -> counted.add(incident));
      told.add(new Judgement.Told(incident, matches));
    }
  }

  /** The incidents that count for an expectation, by time of publication. */
  List<RecordedIncident> of(ExpectedIncident expected) {
    return byExpectation.getOrDefault(expected.name(), List.of());
  }

  List<Judgement.Told> told() {
    return told;
  }

  private static Optional<String> expectation(
      Expectations expect, RecordedIncident incident, Predicate<ExpectedIncident> fits) {
    return expect.incidents().stream()
        .filter(one -> one.subject() == incident.subject())
        .filter(one -> one.counts(incident.publishedMs()))
        .filter(fits)
        .max(Comparator.comparingLong(ExpectedIncident::onsetMs))
        .map(ExpectedIncident::name);
  }

  private static boolean isMeant(ExpectedIncident expected, RecordedIncident incident) {
    return switch (expected.subject()) {
      case SERVICE -> incident.touches(expected.targets());
      case VANTAGE -> expected.culprits().contains(lastCulprit(incident));
    };
  }

  private static boolean mayInclude(ExpectedIncident expected, RecordedIncident incident) {
    return expected.subject() == Subject.SERVICE
        && expected.mayInclude().containsAll(incident.targets());
  }

  private static Optional<String> allowed(Expectations expect, RecordedIncident incident) {
    return expect.allow().stream().anyMatch(allowed -> isAllowed(allowed, incident))
        ? Optional.of(Judgement.Told.ALLOWED)
        : Optional.empty();
  }

  private static boolean isAllowed(Allowed allowed, RecordedIncident incident) {
    return allowed.subject() == incident.subject()
        && (allowed.targets().isEmpty() || allowed.targets().containsAll(incident.targets()))
        && (allowed.scopes().isEmpty()
            || incident.labels().stream()
                .map(Label::scope)
                .allMatch(scope -> allowed.scopes().contains(scope)))
        && (allowed.culprits().isEmpty() || allowed.culprits().contains(lastCulprit(incident)));
  }

  private static String lastCulprit(RecordedIncident incident) {
    return incident.labels().getLast().culprit();
  }
}
