package parallax.coordinator.replay.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.QuietTimes;
import parallax.coordinator.core.watch.RouteDependency;
import parallax.coordinator.core.watch.RouteDependency.Role;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.replay.scenario.Change;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioCheck;
import parallax.coordinator.replay.scenario.ScenarioProbe;
import parallax.coordinator.replay.scenario.ScenarioTarget;

/** A scenario as the core is configured for it. */
public final class Watching {

  private Watching() {}

  /**
   * Everything that is watched.
   *
   * @param start the wall-clock time at which the scenario starts
   */
  public static Watchlist watchlist(Scenario scenario, Instant start) {
    List<BoundEvent<Change.Maintenance>> maintenance =
        BoundEvent.of(scenario, Change.Maintenance.class);
    List<Watched> watched = new ArrayList<>();
    for (int index = 0; index < scenario.targets().size(); index++) {
      ScenarioTarget target = scenario.targets().get(index);
      List<QuietTimes> quiet = new ArrayList<>();
      for (BoundEvent<Change.Maintenance> event : maintenance) {
        if (event.targets().get(index)) {
          quiet.add(
              new QuietTimes.Window(
                  start.plusMillis(event.event().startMs()),
                  start.plusMillis(event.event().endMs())));
        }
      }
      watched.add(
          new Watched(
              new TargetName(target.id()),
              List.of(),
              cadences(scenario),
              dependencies(target),
              quiet,
              0));
    }
    return new Watchlist(watched);
  }

  /** Who looks, as the core knows it. */
  public static Vantage vantage(ScenarioProbe probe) {
    return new Vantage(
        new ProbeName(probe.id()), new Region(probe.region()), Optional.of(probe.asn()));
  }

  private static List<Cadence> cadences(Scenario scenario) {
    Duration timeout = Duration.ofMillis(scenario.timeoutMs());
    List<Cadence> cadences = new ArrayList<>();
    // From the cause to what users see: the kinds of scenarios stand the other way round.
    for (ScenarioCheck check : List.of(ScenarioCheck.values()).reversed()) {
      Duration interval = Duration.ofMillis(scenario.schedule().intervalMs(check));
      cadences.add(new Cadence(check.kind(), interval, timeout));
    }
    return cadences;
  }

  private static Dependencies dependencies(ScenarioTarget target) {
    List<Dependency> shared = new ArrayList<>();
    shared.add(new Dependency(DependencyKind.REGISTRY, target.registry()));
    shared.add(new Dependency(DependencyKind.REGISTRAR, target.registrar()));
    shared.add(new Dependency(DependencyKind.TLD, target.tld()));
    shared.add(new Dependency(DependencyKind.NAME_SERVERS, target.dns().provider()));
    shared.add(new Dependency(DependencyKind.NAME_SERVER_ASN, number(target.dns().asn())));
    shared.add(new Dependency(DependencyKind.SERVER_ASN, number(target.web().asn())));
    shared.add(new Dependency(DependencyKind.CA, target.ca()));
    shared.add(new Dependency(DependencyKind.OPERATOR, target.operator()));
    target.web().cdn().ifPresent(cdn -> shared.add(new Dependency(DependencyKind.CDN, cdn)));
    target
        .web()
        .cloud()
        .map(cloud -> target.web().region().map(region -> cloud + "/" + region).orElse(cloud))
        .ifPresent(cloud -> shared.add(new Dependency(DependencyKind.CLOUD, cloud)));
    List<RouteDependency> routes = new ArrayList<>();
    for (String prefix : target.dns().prefixes()) {
      routes.add(new RouteDependency(prefix, target.dns().asn(), Role.NAME_SERVERS));
    }
    for (String prefix : target.web().prefixes()) {
      shared.add(new Dependency(DependencyKind.PREFIX, prefix));
      routes.add(new RouteDependency(prefix, target.web().asn(), Role.SERVERS));
    }
    return new Dependencies(shared, routes);
  }

  private static String number(long asn) {
    return Long.toString(asn);
  }
}
