package parallax.browser;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import parallax.config.Configuration;
import parallax.config.access.Access;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Maintenance;
import parallax.config.policy.Receiver;
import parallax.config.problem.Problem;
import parallax.config.publicpage.Service;
import parallax.config.publicpage.StatusPage;
import parallax.config.report.ReportRules;
import parallax.config.routes.RouteWatching;
import parallax.config.runbook.Runbook;
import parallax.config.secret.Secret;
import parallax.config.target.Objective;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.silence.LabelMatcher;
import parallax.coordinator.silence.Silence;
import parallax.coordinator.store.Store;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Told;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.SourceRevision;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** A busy day as a coordinator shows it: a bit of all that can be on its pages. */
final class World implements Overview {
  static final Instant NOON = Examples.NOON;
  static final TargetName SHOP = new TargetName("shop");
  static final String URL_NAME =
      "https://www.example.com/a/rather/long/path?with=parameters&more=1";

  /** So many, that they come in pages. */
  private static final int TARGETS = 130;

  private final AtomicReference<Snapshot> shown;
  private final Wording wording;

  /** What stands in the fields that people fill. */
  record Wording(
      String title, List<String> services, List<String> descriptions, List<String> notes) {
    Wording {
      services = List.copyOf(services);
      descriptions = List.copyOf(descriptions);
      notes = List.copyOf(notes);
    }

    static final Wording PLAIN =
        new Wording(
            "Example Inc.",
            List.of("Website", "Back office"),
            List.of("Where you look and buy", "Where orders are packed"),
            List.of(
                "public: We are rolling back the release.",
                "the switch in rack 12 is dead,\nthe spare is on its way"));
  }

  World() {
    this(Wording.PLAIN);
  }

  World(Wording wording) {
    this.wording = wording;
    shown = new AtomicReference<>(snapshot(views()));
  }

  private List<TargetView> views() {
    List<TargetView> views = new ArrayList<>();
    for (int index = 0; index < TARGETS; index++) {
      views.add(Looks.view(target("site-%03d".formatted(index), "ops"), TargetState.UP));
    }
    views.add(Looks.view(target("shop", "web"), TargetState.DOWN));
    views.add(Looks.view(target("wiki", "web"), TargetState.DOWN));
    views.add(Looks.view(target("search", "search"), TargetState.DEGRADED));
    views.add(Looks.view(target("queue", "ops"), TargetState.UNKNOWN));
    views.add(Looks.view(target(URL_NAME, "ops"), TargetState.UP));
    views.add(Looks.view(target("n".repeat(120), "ops"), TargetState.UP));
    views.sort(Comparator.comparing(view -> view.target().name()));
    return views;
  }

  private static Target target(String name, String team) {
    return new Target(
            new TargetName(name),
            Optional.of(
                URI.create("https://" + (name.length() > 20 ? "www" : name) + ".example.com/")),
            new TreeMap<>(Map.of("team", team, "tier", "1")),
            Duration.ofSeconds(30),
            List.of(),
            List.of())
        .with(Optional.of(new Objective(0.999, Duration.ofDays(30))));
  }

  private Snapshot snapshot(List<TargetView> views) {
    Configuration configuration =
        new Configuration(
            views.stream().map(TargetView::target).toList(),
            List.of(),
            maintenance(),
            List.of(new Receiver.Webhook("hook", Secret.of("http://127.0.0.1:1/"))),
            List.of(),
            DecisionRules.USUAL,
            Optional.empty(),
            RouteWatching.NONE,
            Optional.empty(),
            Access.NONE,
            Optional.of(URI.create("https://parallax.example.com/")),
            List.of(runbook()),
            new ReportRules(true),
            statusPage(),
            "3f1c9a20");
    SortedMap<String, Instant> failing = new TreeMap<>(Map.of("hook", NOON.minusSeconds(600)));
    return new Snapshot(
        NOON,
        configuration,
        views,
        List.of(Looks.incident(), Told.ours()),
        Looks.probes(),
        List.of(silence()),
        failing);
  }

  private List<Maintenance> maintenance() {
    return List.of(
        new Maintenance(
            "database move",
            new TreeMap<>(Map.of("team", "ops")),
            new Maintenance.Once(NOON.plusSeconds(7_200), NOON.plusSeconds(10_800))));
  }

  private static Runbook runbook() {
    return new Runbook(
        "Switches in rack 12",
        new TreeMap<>(),
        Runbook.CauseMatch.ANY,
        Optional.of("What to do about them"),
        Optional.of(URI.create("https://runbooks.example.com/rack-12")),
        List.of());
  }

  private Silence silence() {
    return Silence.made(
        new Silence.Wish(
            List.of(new LabelMatcher.OneOf("team", List.of("search", "video"))),
            NOON.minusSeconds(600),
            NOON.plusSeconds(3_000),
            wording.notes().getLast()),
        "kim",
        NOON.minusSeconds(600));
  }

  private StatusPage statusPage() {
    List<Service> services = new ArrayList<>();
    for (int index = 0; index < wording.services().size(); index++) {
      boolean first = index == 0;
      services.add(
          new Service(
              wording.services().get(index),
              Optional.of(wording.descriptions().get(index)),
              new TreeSet<>(List.of(first ? SHOP : new TargetName("site-001"))),
              new TreeMap<>()));
    }
    return new StatusPage(
        wording.title(),
        Optional.of(URI.create("https://status.example.com/")),
        List.of(new StatusPage.Group(wording.title(), services)));
  }

  /** Puts into a record what such a coordinator would have there. */
  void remember(Store store) {
    Incident open = Looks.incident();
    List<Effect> effects = new ArrayList<>();
    effects.add(new Effect.IncidentChanged(Looks.past()));
    effects.add(new Effect.IncidentChanged(open));
    effects.add(new Effect.Tell(new Notice(Notice.Kind.OPENED, open, List.of("hook", "on call"))));
    var epoch = store.takeOver();
    Map<Duration, TargetState> past = new LinkedHashMap<>();
    past.put(Duration.ofDays(6), TargetState.UP);
    past.put(Duration.ofHours(9), TargetState.DEGRADED);
    past.put(Duration.ofHours(8), TargetState.UP);
    past.put(Duration.ofHours(4), TargetState.UNKNOWN);
    past.put(Duration.ofHours(3), TargetState.UP);
    past.put(Duration.ofMinutes(2), TargetState.DOWN);
    past.forEach(
        (ago, state) ->
            store.record(
                epoch,
                List.of(
                    new Effect.VerdictChanged(Examples.verdict("shop", state, NOON.minus(ago)))),
                NOON.minus(ago)));
    store.record(epoch, effects, NOON);
    store.append(Looks.ofADay("shop"));
    store.note(open.id(), "kim", new Happening.Acknowledged("mine"), NOON);
    wording.notes().forEach(note -> store.note(open.id(), "kim", new Happening.Note(note), NOON));
    store.silence(silence());
    store.reports().report(report());
  }

  private UserReport report() {
    return new UserReport(SHOP, NOON.minusSeconds(20), Optional.empty(), wording.notes().getLast());
  }

  /** Has a target be held to be so from now on. */
  void turn(String name, TargetState state) {
    Snapshot now = shown.get();
    TargetName turned = new TargetName(name);
    Verdict verdict = Looks.verdict(turned, state, List.of());
    shown.set(
        new Snapshot(
            now.at(),
            now.configuration(),
            now.targets().stream()
                .map(view -> view.target().name().equals(turned) ? view.withVerdict(verdict) : view)
                .toList(),
            now.open(),
            now.probes(),
            now.silences(),
            now.failing()));
  }

  /** Has people be told apart from now on, who find the pages there. */
  void admit(Access access, URI page) {
    Snapshot now = shown.get();
    Configuration c = now.configuration();
    Configuration guarded =
        new Configuration(
            c.targets(),
            c.providers(),
            c.maintenance(),
            c.receivers(),
            c.routes(),
            c.rules(),
            c.smtp(),
            c.routing(),
            c.watchdog(),
            access,
            Optional.of(page),
            c.runbooks(),
            c.reports(),
            c.statusPage(),
            c.revision());
    shown.set(
        new Snapshot(
            now.at(),
            guarded,
            now.targets(),
            now.open(),
            now.probes(),
            now.silences(),
            now.failing()));
  }

  /** Shows something else altogether. */
  void show(Snapshot other) {
    shown.set(other);
  }

  @Override
  public Snapshot snapshot() {
    return shown.get();
  }

  @Override
  public ConfigurationStatus configuration() {
    return new ConfigurationStatus(
        shown.get().configuration(),
        NOON.minusSeconds(5_000),
        NOON.minusSeconds(300),
        List.of(new Problem(Path.of("targets.yaml"), 12, 5, "unknown key 'intervall'")),
        Optional.of(
            new SourceRevision(
                "3f1c9a20".repeat(5),
                "Kim",
                NOON.minusSeconds(6_000),
                wording.descriptions().getFirst())));
  }

  @Override
  public List<ProbeConnection> connections() {
    return Looks.connections();
  }

  @Override
  public List<String> notReady() {
    return List.of();
  }

  @Override
  public List<String> notAlive() {
    return List.of();
  }

  @Override
  public String version() {
    return "1.2.3";
  }

  /** Up for long, with some trouble. */
  static UptimeHistory history(TargetState now) {
    return UptimeHistory.EMPTY
        .with(NOON.minus(Duration.ofDays(80)), TargetState.UP)
        .with(NOON.minus(Duration.ofDays(40)), TargetState.DOWN)
        .with(NOON.minus(Duration.ofDays(40)).plusSeconds(4_000), TargetState.UP)
        .with(NOON.minusSeconds(120), now);
  }

  /** What a look finds where it is so. */
  static Outcome outcome(TargetState state) {
    return switch (state) {
      case UP -> Outcome.up();
      case DOWN -> Outcome.down(Reason.CONNECT_TIMEOUT, "192.0.2.80:443");
      case DEGRADED -> Told.SLOW;
      case UNKNOWN -> Outcome.inconclusive(Reason.PROBE_NO_ROUTE, "no network here");
    };
  }
}
