package parallax.coordinator.core.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.check.CheckKind;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.incident.Case;
import parallax.coordinator.core.incident.CaseRule;
import parallax.coordinator.core.incident.Cases;
import parallax.coordinator.core.incident.Dependants;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.persistent.SortedTree;
import parallax.coordinator.core.target.TargetRecord;
import parallax.coordinator.core.verdict.Suspicion;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.RouteView;
import parallax.coordinator.core.watch.Routes;
import parallax.coordinator.core.watch.Watchlist;

/** A state in the making, with what it wants done. Lives within one step of the core. */
public final class Turn {
  final State before;
  final Instant now;
  Watchlist watchlist;
  SortedTree<State.Key, TargetRecord> records;
  SortedTree<State.Due, TargetName> queue;
  Fleet fleet;
  Routes routes;
  Dependants dependants;
  Cases cases;
  SortedTree<TargetName, IncidentId> caseOf;
  SortedTree<Integer, SortedTree<State.Pair, State.Pair>> pairs;
  Suspicion suspicion;
  Optional<Instant> blind;
  Memory memory;
  Instant ticked;
  Instant setBackFrom;
  final List<Effect> effects = new ArrayList<>();

  /** Cases that were put back in this step. */
  private final List<Case> touched = new ArrayList<>();

  /** Targets that began or ceased to fail, or fail otherwise now. */
  final TreeSet<TargetName> turned = new TreeSet<>();

  /** A turn at {@code now}; time does not run back for clocks that hardly disagree. */
  public static Turn of(State state, Instant now) {
    boolean isSetBack = state.isAheadOf(now);
    Turn turn = new Turn(state, state.at().isAfter(now) && !isSetBack ? state.at() : now);
    if (isSetBack) {
      Changes.setBack(turn);
    }
    return turn;
  }

  private Turn(State state, Instant now) {
    this.before = state;
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
    setBackFrom = state.setBackFrom();
  }

  /** An observation arrived. */
  public void observed(Evidence evidence) {
    Judging.observed(this, evidence);
  }

  /** A probe is alive. */
  public void heard(Beat beat) {
    fleet = fleet.heard(beat);
  }

  /** Route collectors looked at a prefix. */
  public void routed(RouteView view) {
    routes = routes.with(view, now);
  }

  /** More, or something else, is known of what a target stands on. */
  public void learnt(TargetName target, Dependencies known) {
    Changes.learnt(this, target, known);
  }

  /** Time passed. */
  public void ticked() {
    ticked = now;
    Sickness.look(this);
    Judging.passed(this);
    Publication.look(this);
  }

  /** Users changed what is watched. */
  public void configured(Watchlist list) {
    Changes.configured(this, list);
  }

  /** The state after all of it. */
  public State done() {
    Incidents.correlate(this);
    Instant wake = wake();
    return new State(
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
        wake,
        setBackFrom,
        now);
  }

  /**
   * When incidents and probes are to be looked after even if nothing arrives: may be early, never
   * late. Everything is gone through once for each tick; between ticks only what changed, so that
   * an observation costs the same however much is open.
   */
  private Instant wake() {
    boolean anew =
        !ticked.equals(before.ticked())
            || !blind.equals(before.blind())
            || now.isBefore(before.at());
    Instant wake = anew ? Instant.MAX : before.wake();
    for (Case known : anew ? cases.values() : touched) {
      boolean ours = !known.isService() && known.incident().isOpen();
      wake = State.earlier(wake, ours ? nextLook() : CaseRule.due(known));
    }
    if (anew || fleet != before.fleet()) {
      wake = State.earlier(wake, wakeForProbes(anew));
    }
    return blind.isPresent() ? State.earlier(wake, nextLook()) : wake;
  }

  private Instant wakeForProbes(boolean anew) {
    Fleet was = before.fleet();
    Instant first = Instant.MAX;
    for (int slot = 0; slot < fleet.size(); slot++) {
      Probe probe = fleet.probe(slot);
      if (anew || slot >= was.size() || !probe.equals(was.probe(slot))) {
        first = State.earlier(first, Sickness.due(probe, ticked));
      }
    }
    return first;
  }

  /** Our own side is looked after every second while it is in trouble. */
  private Instant nextLook() {
    return ticked.equals(Instant.MIN) ? ticked : ticked.plusSeconds(1);
  }

  /** What is to be done, in this order. */
  public List<Effect> effects() {
    return effects;
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

  /**
   * A name for an incident that no other had. The same trouble has the same name for whoever
   * decides on it next; but when the clock was set back, an instant can come a second time.
   */
  IncidentId unused(String subject, Instant began) {
    String text =
        setBackFrom.equals(Instant.MIN) ? subject : subject + "#" + setBackFrom.toEpochMilli();
    Instant at = began;
    while (cases.contains(IncidentId.of(text, at))) {
      at = at.plusNanos(1000);
    }
    return IncidentId.of(text, at);
  }

  Optional<Case> caseOf(TargetName target) {
    return caseOf.get(target).flatMap(cases::get);
  }

  /** Puts a case back, and says so if people could see the difference. */
  void put(Case changed) {
    Optional<Incident> known = cases.get(changed.id()).map(Case::incident);
    restore(changed);
    if (known.filter(changed.incident()::equals).isEmpty()) {
      effects.add(new Effect.IncidentChanged(changed.incident()));
    }
  }

  /** Puts a case back of which nobody is to be told. */
  void restore(Case known) {
    cases = cases.with(known);
    touched.add(known);
  }
}
