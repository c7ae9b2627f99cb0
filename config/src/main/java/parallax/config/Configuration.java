package parallax.config;

import java.util.List;
import java.util.Optional;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Maintenance;
import parallax.config.policy.Provider;
import parallax.config.policy.Receiver;
import parallax.config.policy.Route;
import parallax.config.policy.SmtpServer;
import parallax.config.policy.Watchdog;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/**
 * Everything that users wrote, valid as a whole.
 *
 * @param targets sorted by name, names unique
 * @param providers the users' own, then the known ones of other names; the first that matches
 *     counts
 * @param routing how routes of the internet are watched, which is not {@code routes}: those of
 *     notices
 * @param watchdog is told that Parallax works, for as long as it does
 * @param revision tells two configurations apart: hexadecimal digits of a digest over all files
 */
public record Configuration(
    List<Target> targets,
    List<Provider> providers,
    List<Maintenance> maintenance,
    List<Receiver> receivers,
    List<Route> routes,
    DecisionRules rules,
    Optional<SmtpServer> smtp,
    RouteWatching routing,
    Optional<Watchdog> watchdog,
    String revision) {

  public Configuration {
    targets = List.copyOf(targets);
    providers = List.copyOf(providers);
    maintenance = List.copyOf(maintenance);
    receivers = List.copyOf(receivers);
    routes = List.copyOf(routes);
  }

  /** One that watches no routes and is watched by nobody. */
  public Configuration(
      List<Target> targets,
      List<Provider> providers,
      List<Maintenance> maintenance,
      List<Receiver> receivers,
      List<Route> routes,
      DecisionRules rules,
      Optional<SmtpServer> smtp,
      String revision) {
    this(
        targets,
        providers,
        maintenance,
        receivers,
        routes,
        rules,
        smtp,
        RouteWatching.NONE,
        Optional.empty(),
        revision);
  }

  /** The target of this name, if there is one. */
  public Optional<Target> target(TargetName name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }

  /**
   * The receivers that hear of {@code target}: those of the first route that matches. Where no
   * routes are written every receiver hears of everything.
   */
  public List<Receiver> receiversFor(Target target) {
    if (routes.isEmpty()) {
      return receivers;
    }
    return routes.stream()
        .filter(route -> route.matches(target.labels()))
        .findFirst()
        .map(
            route ->
                receivers.stream()
                    .filter(receiver -> route.to().contains(receiver.name()))
                    .toList())
        .orElse(List.of());
  }
}
