package parallax.coordinator.status;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.config.Configuration;
import parallax.config.access.Access;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Maintenance;
import parallax.config.publicpage.Service;
import parallax.config.publicpage.StatusPage;
import parallax.config.report.ReportRules;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.status.model.Ledger;
import parallax.coordinator.status.model.StatusBoard;
import parallax.coordinator.status.model.StatusBoards;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** What a coordinator knows, and what of it is public, put together by a test. */
final class Scene implements Overview {
  static final Instant NOON = Examples.NOON;

  private final List<TargetView> views = new ArrayList<>();
  private final List<Service> services = new ArrayList<>();
  private final List<Incident> open = new ArrayList<>();
  private final List<Maintenance> maintenance = new ArrayList<>();
  private String title = "Example Inc.";
  private Optional<URI> url = Optional.of(URI.create("https://status.example.com/"));
  private boolean reports = true;
  private volatile boolean alive = true;

  /** A target that is so since a minute, and was up for 100 days before. */
  Scene target(String name, TargetState state) {
    UptimeHistory history =
        UptimeHistory.EMPTY
            .with(NOON.minus(Duration.ofDays(100)), TargetState.UP)
            .with(NOON.minusSeconds(60), state);
    return target(name, state, history);
  }

  Scene target(String name, TargetState state, UptimeHistory history) {
    Target target =
        new Target(
            new TargetName(name),
            Optional.of(URI.create("https://internal.example.net/")),
            new TreeMap<>(Map.of("team", "web", "own", Integer.toString(views.size()))),
            Duration.ofSeconds(30),
            List.of(),
            List.of());
    views.add(
        new TargetView(
            target,
            Examples.verdict(name, state, NOON.minusSeconds(60)),
            List.of(),
            history,
            Optional.empty()));
    return this;
  }

  Scene view(TargetView view) {
    views.add(view);
    return this;
  }

  /** A service of these targets. */
  Scene service(String name, String... targets) {
    TreeSet<TargetName> names = new TreeSet<>();
    Arrays.stream(targets).map(TargetName::new).forEach(names::add);
    services.add(new Service(name, Optional.of("What " + name + " is"), names, new TreeMap<>()));
    return this;
  }

  Scene service(Service service) {
    services.add(service);
    return this;
  }

  Scene titled(String other, Optional<URI> there) {
    title = other;
    url = there;
    return this;
  }

  Scene closedToReports() {
    reports = false;
    return this;
  }

  Scene maintained(Maintenance window) {
    maintenance.add(window);
    return this;
  }

  Scene dead() {
    alive = false;
    return this;
  }

  Scene incident(Incident incident) {
    open.add(incident);
    return this;
  }

  /** Trouble of targets since a minute, of which people were told. */
  static Incident trouble(String id, Scope scope, String... targets) {
    return trouble(id, scope, Examples.cause(), targets);
  }

  static Incident trouble(String id, Scope scope, Cause cause, String... targets) {
    return Judged.incident(
        id,
        Arrays.stream(targets).map(TargetName::new).toList(),
        scope,
        cause,
        NOON.minusSeconds(60),
        NOON.minusSeconds(50),
        List.of(Examples.evidence(targets[0], Examples.REFUSED, NOON)));
  }

  static Maintenance once(Instant from, Duration length) {
    return new Maintenance(
        "internal-window", new TreeMap<>(), new Maintenance.Once(from, from.plus(length)));
  }

  @Override
  public Snapshot snapshot() {
    List<TargetView> sorted =
        views.stream().sorted(Comparator.comparing(view -> view.target().name())).toList();
    return new Snapshot(NOON, config(), sorted, open, List.of());
  }

  private Configuration config() {
    return new Configuration(
        views.stream().map(TargetView::target).sorted(Comparator.comparing(Target::name)).toList(),
        List.of(),
        maintenance,
        List.of(),
        List.of(),
        DecisionRules.USUAL,
        Optional.empty(),
        RouteWatching.NONE,
        Optional.empty(),
        Access.NONE,
        Optional.of(URI.create("https://operators.example.net/")),
        List.of(),
        new ReportRules(reports),
        new StatusPage(
            title,
            url,
            services.isEmpty()
                ? List.of()
                : List.of(new StatusPage.Group("All of it", List.copyOf(services)))),
        "abc");
  }

  StatusBoard board() {
    return board(Ledger.EMPTY);
  }

  StatusBoard board(Ledger ledger) {
    return StatusBoards.of(snapshot(), ledger, NOON);
  }

  @Override
  public ConfigurationStatus configuration() {
    return new ConfigurationStatus(config(), NOON, NOON, List.of());
  }

  @Override
  public List<ProbeConnection> connections() {
    return List.of();
  }

  @Override
  public List<String> notReady() {
    return List.of();
  }

  @Override
  public List<String> notAlive() {
    return alive ? List.of() : List.of("it is stuck");
  }

  @Override
  public String version() {
    return "1.2.3";
  }
}
