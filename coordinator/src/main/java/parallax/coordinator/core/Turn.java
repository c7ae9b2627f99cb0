package parallax.coordinator.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.check.CheckKind;
import parallax.config.target.TargetName;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.Dependants;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.watch.Routes;
import parallax.coordinator.core.watch.Watchlist;

/** A state in the making, with what it wants done. Lives within one step. */
final class Turn {
  final Instant now;
  Watchlist watchlist;
  SortedTree<State.Key, TargetRecord> records;
  SortedTree<State.Due, TargetName> queue;
  Fleet fleet;
  Routes routes;
  Dependants dependants;
  SortedTree<IncidentId, Case> cases;
  SortedTree<TargetName, IncidentId> caseOf;
  SortedTree<Integer, SortedTree<State.Pair, State.Pair>> pairs;
  Suspicion suspicion;
  Optional<Instant> blind;
  Memory memory;
  Instant ticked;
  final List<Effect> effects = new ArrayList<>();

  /** Targets that began or ceased to fail, or fail otherwise now. */
  final TreeSet<TargetName> turned = new TreeSet<>();

  Turn(State state, Instant now) {
    this.now = now;
    watchlist = state.watchlist();
    records = state.records();
    queue = state.queue();
    fleet = state.fleet();
    routes = state.routes();
    dependants = state.dependants();
    cases = state.cases();
    caseOf = state.caseOf();
    pairs = state.pairs();
    suspicion = state.suspicion();
    blind = state.blind();
    memory = state.memory();
    ticked = state.ticked();
  }

  Step done() {
    State state =
        new State(
            watchlist,
            records,
            queue,
            fleet,
            routes,
            dependants,
            cases,
            caseOf,
            pairs,
            suspicion,
            blind,
            memory,
            ticked,
            now);
    return new Step(state, effects);
  }

  Optional<TargetRecord> record(TargetName target) {
    return records.get(State.Key.of(target));
  }

  /** Puts a record back, queued for when it wants to be looked after. */
  void put(TargetRecord record, Instant wanted) {
    if (!wanted.isBefore(record.queued())) {
      records = records.with(State.Key.of(record.name()), record);
      return;
    }
    unqueue(record);
    queue = queue.with(new State.Due(wanted, record.name()), record.name());
    records = records.with(State.Key.of(record.name()), record.withQueued(wanted));
  }

  void unqueue(TargetRecord record) {
    if (!record.queued().equals(Instant.MAX)) {
      queue = queue.without(new State.Due(record.queued(), record.name()));
    }
  }

  /** Asks one probe to look again, as far as its budget goes. */
  void ask(TargetName target, CheckKind check, int slot) {
    fleet
        .asking(slot, now)
        .ifPresent(
            after -> {
              fleet = after;
              effects.add(
                  new Effect.AskAgain(
                      target, check, fleet.probe(slot).vantage().probe(), Duration.ZERO));
            });
  }

  Optional<Case> caseOf(TargetName target) {
    return caseOf.get(target).flatMap(cases::get);
  }

  /** Puts a case back, and says so if people could see the difference. */
  void put(Case changed) {
    Optional<Incident> before = cases.get(changed.id()).map(Case::incident);
    cases = cases.with(changed.id(), changed);
    if (before.filter(changed.incident()::equals).isEmpty()) {
      effects.add(new Effect.IncidentChanged(changed.incident()));
    }
  }
}
