package parallax.coordinator.replay.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Facts;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioCheck;
import parallax.coordinator.replay.scenario.ScenarioProbe;

/**
 * The world of a scenario, in the words of the core. It answers whatever check is made; the only
 * thing it remembers is which checks were made, to number and name them.
 */
public final class World {
  /** The start, where the scenario names none. */
  static final Instant DEFAULT_START = Instant.parse("2021-01-01T00:00:00Z");

  private final Scenario scenario;
  private final Instant start;
  private final Sights sights;
  private final Courier courier;
  private final Clocks clocks;
  private final Routes routes;
  private final Map<ProbeName, Integer> probes = new LinkedHashMap<>();
  private final Map<TargetName, Integer> targets = new LinkedHashMap<>();
  private final List<Vantage> vantages = new ArrayList<>();
  private final List<TargetName> names = new ArrayList<>();
  private final List<List<Look>> made = new ArrayList<>();

  public World(Scenario scenario, long seed) {
    this.scenario = scenario;
    this.start = scenario.origin().orElse(DEFAULT_START);
    this.sights = new Sights(scenario, seed);
    this.courier = new Courier(scenario, seed);
    this.clocks = new Clocks(scenario);
    this.routes = new Routes(scenario);
    for (ScenarioProbe probe : scenario.probes()) {
      Vantage vantage = Watching.vantage(probe);
      probes.put(vantage.probe(), vantages.size());
      vantages.add(vantage);
      made.add(new ArrayList<>());
    }
    scenario
        .targets()
        .forEach(
            target -> {
              TargetName name = new TargetName(target.id());
              targets.put(name, names.size());
              names.add(name);
            });
  }

  /** The wall-clock time at which the scenario starts. */
  public Instant start() {
    return start;
  }

  /** What the core is to watch. */
  public Watchlist watchlist() {
    return Watching.watchlist(scenario, start);
  }

  /** The check that the core asks for; empty when there is no such probe, target or kind. */
  public Optional<Look> asked(Effect.AskAgain ask, long startMs) {
    Optional<Integer> probe = Optional.ofNullable(probes.get(ask.probe()));
    Optional<Integer> target = Optional.ofNullable(targets.get(ask.target()));
    Optional<ScenarioCheck> check = ScenarioCheck.of(ask.check());
    return probe.isEmpty() || target.isEmpty() || check.isEmpty()
        ? Optional.empty()
        : Optional.of(new Look(probe.get(), target.get(), check.get(), startMs));
  }

  /** Makes a check: what reaches the coordinator of it. */
  public List<Arrival> check(Look look) {
    Sight sight = sights.of(look);
    List<Look> before = made.get(look.probe());
    Vantage vantage = vantages.get(look.probe());
    Instant startedAt = at(clocks.shown(look.probe(), look.startMs()));
    Observation observation =
        new Observation(
            new ObservationId(vantage.probe(), start.toEpochMilli(), before.size()),
            vantage,
            names.get(look.target()),
            look.check().kind(),
            sight.layer(),
            startedAt,
            startedAt,
            Duration.ofMillis(sight.durationMs()),
            sight.outcome(),
            Timings.NONE,
            Facts.NONE);
    before.add(look);
    List<Arrival> arrivals = new ArrayList<>(1);
    for (long atMs : courier.result(look, look.startMs() + sight.durationMs())) {
      arrivals.add(new Arrival(atMs, new Input.Observed(new Evidence(observation, at(atMs)))));
    }
    return arrivals;
  }

  /** A probe says that it is alive: what reaches the coordinator of it. */
  public List<Arrival> heartbeat(int probe, long sentMs) {
    ScenarioProbe described = scenario.probes().get(probe);
    Instant sent = at(clocks.shown(probe, sentMs));
    List<Arrival> arrivals = new ArrayList<>(1);
    for (long atMs : courier.heartbeat(probe, sentMs)) {
      Beat beat =
          new Beat(
              vantages.get(probe),
              Optional.of(described.country()),
              Optional.of(described.resolver()),
              sent,
              at(atMs));
      arrivals.add(new Arrival(atMs, new Input.Heard(beat)));
    }
    return arrivals;
  }

  /** Route collectors look at every prefix. */
  public List<Input> lookAtRoutes(long atMs) {
    return routes.prefixes().stream()
        .<Input>map(prefix -> new Input.Routed(routes.seen(prefix, atMs)))
        .toList();
  }

  /** An observation as people find it again: {@code probe|target|kind|start in ms}. */
  public String name(ObservationId id) {
    Integer probe = probes.get(id.probe());
    if (probe == null || id.sequence() < 0 || id.sequence() >= made.get(probe).size()) {
      return id.toString();
    }
    Look look = made.get(probe).get((int) id.sequence());
    return String.join(
        "|",
        id.probe().value(),
        names.get(look.target()).value(),
        look.check().word(),
        Long.toString(look.startMs()));
  }

  /** The wall-clock time of a moment of the scenario. */
  public Instant at(long atMs) {
    return start.plusMillis(atMs);
  }
}
