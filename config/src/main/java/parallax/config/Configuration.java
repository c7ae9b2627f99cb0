package parallax.config;

import java.net.URI;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.config.access.Access;
import parallax.config.policy.ApiToken;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Maintenance;
import parallax.config.policy.Provider;
import parallax.config.policy.Receiver;
import parallax.config.policy.Route;
import parallax.config.policy.SmtpServer;
import parallax.config.policy.Watchdog;
import parallax.config.publicpage.StatusPage;
import parallax.config.report.ReportRules;
import parallax.config.routes.RouteWatching;
import parallax.config.runbook.Runbook;
import parallax.config.target.RegionPlace;
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
 * @param access who may read and do what
 * @param page where people find our page, for links to it; empty: nobody has told
 * @param runbooks what to do about which trouble, names unique
 * @param reports who may report that something is down for them
 * @param statusPage what the public may see
 * @param places of regions whose names do not tell, sorted by region
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
    Access access,
    Optional<URI> page,
    List<Runbook> runbooks,
    ReportRules reports,
    StatusPage statusPage,
    List<RegionPlace> places,
    String revision) {

  public Configuration {
    targets = List.copyOf(targets);
    providers = List.copyOf(providers);
    maintenance = List.copyOf(maintenance);
    receivers = List.copyOf(receivers);
    routes = List.copyOf(routes);
    runbooks = List.copyOf(runbooks);
    places = places.stream().sorted(Comparator.comparing(RegionPlace::region)).toList();
  }

  /** One whose regions are where their names tell. */
  public Configuration(
      List<Target> targets,
      List<Provider> providers,
      List<Maintenance> maintenance,
      List<Receiver> receivers,
      List<Route> routes,
      DecisionRules rules,
      Optional<SmtpServer> smtp,
      RouteWatching routing,
      Optional<Watchdog> watchdog,
      Access access,
      Optional<URI> page,
      List<Runbook> runbooks,
      ReportRules reports,
      StatusPage statusPage,
      String revision) {
    this(
        targets,
        providers,
        maintenance,
        receivers,
        routes,
        rules,
        smtp,
        routing,
        watchdog,
        access,
        page,
        runbooks,
        reports,
        statusPage,
        List.of(),
        revision);
  }

  /** One of which the public sees nothing. */
  public Configuration(
      List<Target> targets,
      List<Provider> providers,
      List<Maintenance> maintenance,
      List<Receiver> receivers,
      List<Route> routes,
      DecisionRules rules,
      Optional<SmtpServer> smtp,
      RouteWatching routing,
      Optional<Watchdog> watchdog,
      Access access,
      Optional<URI> page,
      List<Runbook> runbooks,
      ReportRules reports,
      String revision) {
    this(
        targets,
        providers,
        maintenance,
        receivers,
        routes,
        rules,
        smtp,
        routing,
        watchdog,
        access,
        page,
        runbooks,
        reports,
        StatusPage.NONE,
        revision);
  }

  /** One without a page, runbooks and reports. */
  public Configuration(
      List<Target> targets,
      List<Provider> providers,
      List<Maintenance> maintenance,
      List<Receiver> receivers,
      List<Route> routes,
      DecisionRules rules,
      Optional<SmtpServer> smtp,
      RouteWatching routing,
      Optional<Watchdog> watchdog,
      Access access,
      String revision) {
    this(
        targets,
        providers,
        maintenance,
        receivers,
        routes,
        rules,
        smtp,
        routing,
        watchdog,
        access,
        Optional.empty(),
        List.of(),
        ReportRules.USUAL,
        revision);
  }

  /** One without tokens. */
  public Configuration(
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
    this(
        targets,
        providers,
        maintenance,
        receivers,
        routes,
        rules,
        smtp,
        routing,
        watchdog,
        Access.NONE,
        revision);
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

  /** Who may do something by showing a token. */
  public List<ApiToken> tokens() {
    return access.tokens();
  }

  /** The target of this name, if there is one. */
  public Optional<Target> target(TargetName name) {
    return targets.stream().filter(target -> target.name().equals(name)).findFirst();
  }

  /** The runbook of this name, if there is one. */
  public Optional<Runbook> runbook(String name) {
    return runbooks.stream().filter(runbook -> runbook.name().equals(name)).findFirst();
  }

  /** The receiver of this name, if there is one. */
  public Optional<Receiver> receiver(String name) {
    return receivers.stream().filter(receiver -> receiver.name().equals(name)).findFirst();
  }

  /**
   * The receivers that may hear of {@code target} at once, whatever troubles it. Where no routes
   * are written every receiver hears of everything.
   */
  public List<Receiver> receiversFor(Target target) {
    if (routes.isEmpty()) {
      return receivers;
    }
    Set<String> names = new HashSet<>();
    for (Route route : routes) {
      if (route.matches(target.labels())) {
        names.addAll(route.to());
        if (route.isLast()) {
          break;
        }
      }
    }
    return receivers.stream().filter(receiver -> names.contains(receiver.name())).toList();
  }
}
