package parallax.coordinator.drill.stage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.config.Configuration;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioCheck;
import parallax.coordinator.replay.scenario.ScenarioTarget;
import parallax.coordinator.replay.world.Arrival;
import parallax.coordinator.replay.world.Look;
import parallax.coordinator.replay.world.Timetable;
import parallax.coordinator.replay.world.World;

/**
 * A labelled scenario, as a replay plays it, but with the rules, routes and receivers in force. Its
 * targets are those of the file; one that is configured by the same name has the labels it has
 * there.
 */
public final class ScenarioStage implements Stage {
  /** What passes from the core's question to the start of the check it asks for. */
  private static final long ASKED_AFTER_MS = 100;

  private final Scenario scenario;
  private final World world;
  private final Timetable timetable;
  private final Configuration configuration;

  private ScenarioStage(Scenario scenario, Configuration configuration) {
    this.scenario = scenario;
    this.world = new World(scenario, scenario.seed());
    this.timetable = new Timetable(scenario);
    this.configuration = configuration;
  }

  /**
   * A scenario that begins at {@code start}.
   *
   * @param inForce says who is told
   * @param labels of targets that are not configured
   */
  public static Stage of(
      Scenario scenario, Configuration inForce, SortedMap<String, String> labels, Instant start) {
    return new ScenarioStage(
        beginning(scenario, start), withTargets(inForce, targets(scenario, inForce, labels)));
  }

  private static List<Target> targets(
      Scenario scenario, Configuration inForce, SortedMap<String, String> labels) {
    List<Target> targets = new ArrayList<>();
    for (ScenarioTarget each : scenario.targets()) {
      TargetName name = new TargetName(each.id());
      SortedMap<String, String> own = inForce.target(name).map(Target::labels).orElse(labels);
      Duration interval = Duration.ofMillis(scenario.schedule().webMs());
      targets.add(new Target(name, Optional.empty(), own, interval, List.of(), List.of()));
    }
    return targets;
  }

  private static Configuration withTargets(Configuration inForce, List<Target> targets) {
    return new Configuration(
        targets,
        inForce.providers(),
        inForce.maintenance(),
        inForce.receivers(),
        inForce.routes(),
        inForce.rules(),
        inForce.smtp(),
        inForce.routing(),
        inForce.watchdog(),
        inForce.access(),
        inForce.revision());
  }

  private static Scenario beginning(Scenario scenario, Instant start) {
    return new Scenario(
        scenario.id(),
        scenario.title(),
        scenario.nature(),
        scenario.basedOn(),
        Optional.of(start),
        scenario.covers(),
        scenario.seed(),
        scenario.durationMs(),
        scenario.noise(),
        scenario.timeoutMs(),
        scenario.schedule(),
        scenario.probes(),
        scenario.targets(),
        scenario.events(),
        scenario.expect());
  }

  @Override
  public String title() {
    return scenario.id();
  }

  @Override
  public Configuration configuration() {
    return configuration;
  }

  @Override
  public List<Input> setting() {
    Watchlist all = world.watchlist();
    return List.of(new Input.Configured(new Watchlist(all.targets(), configuration.rules())));
  }

  @Override
  public List<Planned> opening() {
    List<Planned> first = new ArrayList<>();
    for (int probe = 0; probe < scenario.probes().size(); probe++) {
      first.add(Planned.acts(timetable.firstHeartbeatMs(probe), beats(probe)));
      for (int target = 0; target < scenario.targets().size(); target++) {
        for (ScenarioCheck check : ScenarioCheck.values()) {
          long firstMs = timetable.firstCheckMs(probe, target, check);
          first.add(scheduled(new Look(probe, target, check, firstMs)));
        }
      }
    }
    first.add(Planned.acts(Timetable.FIRST_ROUTE_LOOK_MS, this::routes));
    return first;
  }

  private Planned.Act beats(int probe) {
    return atMs -> {
      List<Planned> next = new ArrayList<>(arrivals(world.heartbeat(probe, atMs)));
      next.add(Planned.acts(atMs + Timetable.HEARTBEAT_MS, beats(probe)));
      return next;
    };
  }

  private Planned scheduled(Look look) {
    return Planned.acts(
        look.startMs(),
        atMs -> {
          List<Planned> next = new ArrayList<>(arrivals(world.check(look)));
          long againMs = atMs + scenario.schedule().intervalMs(look.check());
          next.add(scheduled(new Look(look.probe(), look.target(), look.check(), againMs)));
          return next;
        });
  }

  private List<Planned> routes(long atMs) {
    List<Planned> next = new ArrayList<>();
    world.lookAtRoutes(atMs).forEach(input -> next.add(Planned.arrives(atMs, input)));
    next.add(Planned.acts(atMs + scenario.schedule().bgpMs(), this::routes));
    return next;
  }

  private static List<Planned> arrivals(List<Arrival> all) {
    return all.stream().map(each -> Planned.arrives(each.atMs(), each.input())).toList();
  }

  @Override
  public List<Planned> asked(Effect.AskAgain ask, long atMs) {
    long startMs = atMs + ASKED_AFTER_MS + Math.max(0, ask.after().toMillis());
    return world.asked(ask, startMs).stream()
        .map(look -> Planned.acts(startMs, _ -> arrivals(world.check(look))))
        .toList();
  }

  @Override
  public Instant start() {
    return world.start();
  }

  @Override
  public long leadInMs() {
    return 0;
  }

  @Override
  public long lengthMs() {
    return scenario.durationMs();
  }

  @Override
  public List<String> remarks() {
    return List.of();
  }
}
