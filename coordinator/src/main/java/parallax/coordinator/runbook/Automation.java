package parallax.coordinator.runbook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.Configuration;
import parallax.config.policy.Severity;
import parallax.config.runbook.Action;
import parallax.config.runbook.Automatic;
import parallax.config.runbook.Runbook;
import parallax.config.target.Target;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Nature;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notebook.Reading;
import parallax.coordinator.run.Run;
import parallax.coordinator.silence.Silence;

/**
 * What runs without being asked. Nothing does before an incident is confirmed, while somebody takes
 * care of it, for targets in maintenance or silenced, or after a run of which nobody knows what
 * came of it. Pure: what may run is a function of what is known and of the time.
 */
public final class Automation {
  private Automation() {}

  /**
   * What is known.
   *
   * @param silences that are not over
   * @param runs those of at least {@link #memory}, oldest first
   */
  public record Known(
      Configuration configuration, List<Silence> silences, List<Run> runs, Instant now) {
    public Known {
      silences = List.copyOf(silences);
      runs = List.copyOf(runs);
    }
  }

  /** Something that may be due. */
  public record Candidate(Incident incident, Runbook runbook, Action action, Automatic rules) {}

  /** Whether anything ever runs by itself. */
  public static boolean isWanted(Configuration configuration) {
    return automatic(configuration).findAny().isPresent();
  }

  /** How far back runs matter. */
  public static Duration memory(Configuration configuration) {
    return automatic(configuration)
        .flatMap(rules -> Stream.of(rules.cooldown(), rules.most().in()))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  private static Stream<Automatic> automatic(Configuration configuration) {
    return configuration.runbooks().stream()
        .flatMap(runbook -> runbook.actions().stream())
        .flatMap(action -> action.automatic().stream());
  }

  /** What is due as far as can be told without the notebook, the oldest incident first. */
  public static List<Candidate> candidates(Known known, List<Incident> open) {
    List<Incident> oldestFirst =
        open.stream()
            .filter(Incident::isOpen)
            .filter(incident -> incident.published().isPresent())
            .sorted(Comparator.comparing(Incident::opened).thenComparing(Incident::id))
            .toList();
    List<Candidate> candidates = new ArrayList<>();
    for (Runbook runbook : known.configuration().runbooks()) {
      for (Action action : runbook.actions()) {
        if (action.automatic().isPresent() && mayRun(known, runbook, action)) {
          for (Incident incident : oldestFirst) {
            Candidate candidate =
                new Candidate(incident, runbook, action, action.automatic().get());
            if (isLikely(known, candidate)) {
              candidates.add(candidate);
            }
          }
        }
      }
    }
    return List.copyOf(candidates);
  }

  private static boolean mayRun(Known known, Runbook runbook, Action action) {
    Automatic rules = action.automatic().orElseThrow();
    List<Run> runs =
        known.runs().stream()
            .filter(run -> run.runbook().equals(runbook.name()))
            .filter(run -> run.action().equals(action.name()))
            .toList();
    Instant cool = known.now().minus(rules.cooldown());
    Instant window = known.now().minus(rules.most().in());
    long inWindow =
        runs.stream().filter(run -> run.automatic() && run.began().isAfter(window)).count();
    return inWindow < rules.most().runs()
        && runs.stream().noneMatch(run -> run.began().isAfter(cool));
  }

  private static boolean isLikely(Known known, Candidate candidate) {
    Incident incident = candidate.incident();
    boolean oldEnough = !known.now().isBefore(incident.opened().plus(candidate.rules().lasting()));
    return oldEnough
        && fits(candidate, incident.scope())
        && isBad(candidate.rules(), incident)
        && Fitting.isFor(
            candidate.runbook(),
            incident,
            known.configuration(),
            target -> !isHushed(known, target));
  }

  private static boolean fits(Candidate candidate, Scope scope) {
    return candidate.rules().scopes().isEmpty()
        || candidate.rules().scopes().contains(scope.extent());
  }

  private static boolean isBad(Automatic rules, Incident incident) {
    Severity severity = Nature.of(incident, Interference.NONE).severity(incident);
    return rules.severities().isEmpty() || rules.severities().contains(severity);
  }

  private static boolean isHushed(Known known, Target target) {
    return known.configuration().maintenance().stream()
            .anyMatch(each -> each.covers(known.now()) && each.matches(target.labels()))
        || known.silences().stream()
            .anyMatch(
                each -> each.covers(known.now()) && each.matches(target.name(), target.labels()));
  }

  /**
   * Whether something runs now.
   *
   * @param notebook of its incident
   */
  public static boolean isDue(Candidate candidate, List<Entry> notebook, Instant now) {
    if (isAcknowledged(notebook)) {
      return false;
    }
    Optional<Instant> since = since(candidate, notebook);
    return since
        .filter(began -> !now.isBefore(began.plus(candidate.rules().lasting())))
        .isPresent();
  }

  private static boolean isAcknowledged(List<Entry> notebook) {
    boolean acknowledged = false;
    for (Entry entry : notebook) {
      acknowledged =
          switch (entry.what().kind()) {
            case ACKNOWLEDGED -> true;
            case REOPENED -> false;
            case OPENED, JOINED, CHANGED, PUBLISHED, NOTE, ACTION, TOLD, RESOLVED -> acknowledged;
          };
    }
    return acknowledged;
  }

  /** Since when it was for it without a break. */
  private static Optional<Instant> since(Candidate candidate, List<Entry> notebook) {
    Incident incident = candidate.incident();
    boolean fitsNow = fits(candidate, Reading.of(incident));
    Optional<Instant> since = fitsNow ? Optional.of(incident.opened()) : Optional.empty();
    boolean fits = fitsNow;
    for (Entry entry : notebook) {
      switch (entry.what()) {
        case Happening.Opened(var reading, _) -> {
          fits = fits(candidate, reading);
          since = fits ? Optional.of(entry.happened()) : Optional.empty();
        }
        case Happening.Changed(_, var reading) -> {
          boolean before = fits;
          fits = fits(candidate, reading);
          since = fits ? (before ? since : Optional.of(entry.happened())) : Optional.empty();
        }
        case Happening.Reopened _ ->
            since = fits ? Optional.of(entry.happened()) : Optional.empty();
        case Happening.Joined _, Happening.Published _, Happening.Resolved _ -> {}
        case Happening.Told _, Happening.Acknowledged _ -> {}
        case Happening.Note _, Happening.Action _ -> {}
      }
    }
    return fitsNow ? since : Optional.empty();
  }

  private static boolean fits(Candidate candidate, Reading reading) {
    return fits(candidate, reading.scope())
        && Fitting.fits(candidate.runbook().cause(), reading.cause());
  }
}
