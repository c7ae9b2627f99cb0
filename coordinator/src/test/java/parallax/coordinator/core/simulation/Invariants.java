package parallax.coordinator.core.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;

/** What has to hold after every event, whatever happens. */
final class Invariants {
  private static final Duration CLOCKS_DISAGREE = Duration.ofSeconds(5);

  private final Map<IncidentId, Incident> known = new LinkedHashMap<>();
  private final Set<String> told = new LinkedHashSet<>();

  /** An invariant that does not hold. */
  static final class Violated extends RuntimeException {
    private static final long serialVersionUID = 1;

    Violated(String message) {
      super(message);
    }
  }

  /** Another coordinator goes on; of what was in flight it knows nothing. */
  void forgetWhatWasLost(List<Incident> recorded) {
    known.clear();
    recorded.forEach(incident -> known.put(incident.id(), incident));
  }

  void after(State state, List<Effect> effects, Instant now) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.VerdictChanged(Verdict verdict) -> verdict(verdict, now);
        case Effect.IncidentChanged(Incident incident) -> incident(incident, now);
        case Effect.Tell(Notice notice) -> tell(notice);
        case Effect.AskAgain ask ->
            require(!ask.after().isNegative(), "asked for a look in the past: " + ask);
        case Effect.TargetForgotten _ -> {}
      }
    }
    require(
        state.due().filter(due -> due.isBefore(Instant.EPOCH)).isEmpty(), "due before all time");
    Set<TargetName> inService = new LinkedHashSet<>();
    for (Incident open : state.openIncidents()) {
      for (TargetName target : open.targets()) {
        require(inService.add(target), "two open incidents of " + target);
      }
    }
  }

  private void verdict(Verdict verdict, Instant now) {
    boolean bad = verdict.state() == TargetState.DOWN || verdict.state() == TargetState.DEGRADED;
    require(bad == verdict.scope().isPresent(), "scope and state do not fit: " + verdict);
    require(!bad || verdict.cause().isPresent(), "trouble without a cause: " + verdict);
    // The core does not run back with a clock that is set back by a little.
    require(
        !verdict.since().isAfter(now.plus(CLOCKS_DISAGREE)),
        "a state that begins in the future: " + verdict);
    require(verdict.votes().size() <= Verdict.MAX_VOTES, "too much evidence");
    require(!verdict.why().rule().isEmpty(), "a verdict without a reason: " + verdict);
    if (verdict.scope().equals(Optional.of(Scope.GLOBAL))) {
      long regions =
          verdict.votes().stream()
              .filter(vote -> vote.ballot() != Vote.Ballot.ABSTAINS)
              .map(vote -> vote.vantage().region())
              .map(Region::value)
              .distinct()
              .count();
      require(regions > 1, "global from a single region: " + verdict);
    }
  }

  private void incident(Incident incident, Instant now) {
    Optional<Incident> before = Optional.ofNullable(known.put(incident.id(), incident));
    boolean endsAfterwards =
        incident.resolved().filter(end -> end.isBefore(incident.opened())).isEmpty();
    require(endsAfterwards, "over before it was opened: " + incident);
    require(!incident.cause().culprit().isEmpty(), "nobody is blamed: " + incident);
    before.ifPresent(
        was -> {
          require(was.opened().equals(incident.opened()), "opened again: " + incident);
          boolean lost = was.published().isPresent() && incident.published().isEmpty();
          require(!lost, "published, and then not: " + incident);
          boolean late =
              was.resolved()
                  .filter(over -> now.isAfter(over.plus(Duration.ofMinutes(11))))
                  .isPresent();
          require(!(late && incident.isOpen()), "reopened after all was forgotten: " + incident);
        });
  }

  private void tell(Notice notice) {
    String key = notice.key("");
    require(notice.receivers().isEmpty(), "whom to tell is for others to say: " + key);
    require(told.add(key), "told twice: " + key);
    String opening = notice.incident().id() + ":" + Notice.Kind.OPENED;
    boolean known = told.stream().anyMatch(each -> each.startsWith(opening));
    boolean opens = notice.kind() == Notice.Kind.OPENED;
    require(opens || known, "the end of what was never told: " + key);
  }

  static void require(boolean holds, String message) {
    if (!holds) {
      throw new Violated(message);
    }
  }
}
