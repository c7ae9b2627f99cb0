package parallax.coordinator.api.pages;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import parallax.config.Configuration;
import parallax.config.target.TargetName;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.drill.Report;
import parallax.coordinator.page.Assets;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.page.OpenIncidents;
import parallax.coordinator.page.OverviewPage;
import parallax.coordinator.page.dates.CalendarFeed;
import parallax.coordinator.page.dates.CalendarPage;
import parallax.coordinator.page.fleet.AuditPage;
import parallax.coordinator.page.fleet.ConfigurationPage;
import parallax.coordinator.page.fleet.ProbesPage;
import parallax.coordinator.page.fleet.RegionsPage;
import parallax.coordinator.page.fleet.SilencesPage;
import parallax.coordinator.page.incident.IncidentPage;
import parallax.coordinator.page.incident.IncidentsPage;
import parallax.coordinator.page.objective.ObjectivesPage;
import parallax.coordinator.page.routes.RoutesPage;
import parallax.coordinator.page.target.TargetPage;
import parallax.coordinator.page.target.TargetsPage;
import parallax.coordinator.picture.IncidentPictures;
import parallax.coordinator.picture.IncidentScene;
import parallax.coordinator.picture.Vocabulary;
import parallax.coordinator.postmortem.Timeline;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.runbook.Fitting;
import parallax.coordinator.sight.Sampling;
import parallax.coordinator.sight.Ways;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.StoreException;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** All pages of the operator. */
public final class Pages {
  static final String TARGETS = "/targets";
  static final String INCIDENTS = "/incidents";
  private static final String PICTURE = "/timeline";

  /** Past incidents of all targets among which those of one are looked for. */
  private static final int MAX_SEARCHED = 200;

  /** Open incidents that are read for the list. */
  private static final int MAX_OPEN = 1000;

  /** The last part of a long page that can be asked for. */
  private static final int MAX_NUMBER = Math.min(CalendarPage.MAX_PAGE, RoutesPage.MAX_PAGE);

  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final Ports ports;
  private final Assets assets = new Assets();

  /** What there is of these is bounded. */
  private final Map<Assets.Asset, Sender.Both> given = new ConcurrentHashMap<>();

  private final Frame frame;
  private final Sender sender;
  private final Sampling sampling;
  private final IncidentPictures pictures;
  private final AuditWatch trail;

  /**
   * What they are made from.
   *
   * @param drill one that people may notice now
   */
  public record Ports(
      Overview overview,
      Store store,
      InstantSource clock,
      LongSupplier nanos,
      Supplier<Optional<Report>> drill) {}

  public Pages(Ports ports) {
    this.ports = ports;
    frame = new Frame(assets, ports.overview().version());
    sender = new Sender(ports.nanos());
    sampling = new Sampling(ports.store());
    pictures = new IncidentPictures(ports.store(), ports.clock());
    trail = new AuditWatch(ports.store(), ports.clock());
  }

  /** Where they are. */
  public List<PageRoute> routes() {
    return List.of(
        PageRoute.read("/", request -> sender.recent(request, this::overview)),
        PageRoute.read(TARGETS, request -> sender.recent(request, this::targets)),
        PageRoute.read(TARGETS + "/{name}", request -> sender.recent(request, this::target)),
        PageRoute.read(INCIDENTS, request -> sender.recent(request, this::incidents)),
        PageRoute.read(INCIDENTS + "/{id}/timeline.svg", this::svg),
        PageRoute.read(INCIDENTS + "/{id}/timeline.png", this::png),
        PageRoute.read(INCIDENTS + "/{id}", request -> sender.recent(request, this::incident)),
        PageRoute.read("/regions", request -> sender.recent(request, this::regions)),
        PageRoute.read("/routes", request -> sender.recent(request, this::watched)),
        PageRoute.read("/objectives", request -> sender.recent(request, this::objectives)),
        PageRoute.read("/calendar", request -> sender.recent(request, this::calendar)),
        PageRoute.read("/calendar.ics", request -> sender.recent(request, this::feed)),
        PageRoute.read("/probes", request -> sender.recent(request, this::probes)),
        PageRoute.read("/silences", request -> sender.recent(request, this::silences)),
        PageRoute.read("/configuration", request -> sender.recent(request, this::configuration)),
        PageRoute.read(MonthlyReports.PATH + "{month}", new MonthlyReports(ports)::make),
        PageRoute.read("/audit", request -> sender.recent(request, this::audit)),
        new PageRoute(Assets.PATH + "{name}", Need.PUBLIC, this::asset));
  }

  /** What was made of this page a moment ago, or, when it may be old, a few seconds ago. */
  public Optional<Reply> kept(Request request, boolean old) {
    return sender.kept(request, old ? Sender.OLD : Sender.FRESH);
  }

  private Reply asset(Request request) {
    return assets
        .named(request.path().substring(Assets.PATH.length()))
        .map(asset -> given.computeIfAbsent(asset, Pages::given).to(request))
        .orElseGet(() -> Reply.problem(404, "there is nothing at this path"));
  }

  private static Sender.Both given(Assets.Asset asset) {
    return Sender.Both.of(
        new Reply(
                200,
                asset.contentType(),
                Map.of("Cache-Control", FOR_EVER),
                Buffer.buffer(asset.content().getBytes(StandardCharsets.UTF_8)))
            .with("Vary", "Accept-Encoding"));
  }

  /** In the language of whoever asks. */
  private Frame frame(Request request) {
    return frame.in(request.visitor().language());
  }

  private Snapshot snapshot() {
    return ports.overview().snapshot();
  }

  private Reply overview(Request request) throws Request.Unusable {
    String opened = request.parameter("why").orElse("");
    return Sender.page(
        200,
        new OverviewPage(frame(request))
            .render(snapshot(), ports.overview().configuration(), opened, ports.drill().get()));
  }

  private Reply targets(Request request) throws Request.Unusable {
    Optional<TargetState> state = request.word("state", TargetState.values(), TargetState::name);
    Optional<String> after = request.parameter("after");
    if (after.isPresent() && !TargetName.isValid(after.get())) {
      throw new Request.Unusable("after must be the name of a target");
    }
    TargetsPage.Filter filter =
        new TargetsPage.Filter(
            request.parameter("q").orElse(""),
            state,
            request.parameter("label").orElse(""),
            after.map(TargetName::new));
    return Sender.page(200, new TargetsPage(frame(request)).render(snapshot(), filter));
  }

  private Reply target(Request request) throws Request.Unusable {
    TargetPage.Reach reach =
        request
            .word("window", TargetPage.Reach.values(), TargetPage.Reach::label)
            .orElse(TargetPage.Reach.DAY);
    Snapshot snapshot = snapshot();
    for (String name : request.named(TARGETS + "/")) {
      Optional<TargetView> found =
          TargetName.isValid(name) ? snapshot.target(new TargetName(name)) : Optional.empty();
      if (found.isPresent()) {
        Optional<TargetPage.Past> past = past(found.get(), snapshot.at(), reach);
        return Sender.page(
            200,
            new TargetPage(frame(request))
                .render(found.get(), snapshot, reach, past, request.visitor()));
      }
    }
    return nothing(request, "nothing.target", TARGETS);
  }

  /** What the record holds; empty when it cannot be read, which need not keep the rest away. */
  private Optional<TargetPage.Past> past(TargetView view, Instant now, TargetPage.Reach reach) {
    Store store = ports.store();
    TargetName name = view.target().name();
    try {
      return Optional.of(
          new TargetPage.Past(
              store.intervals(name, now.minus(reach.length()), now),
              sampling.read(name, view.looks().size(), reach.length(), now),
              store.incidents(Optional.of(false), Optional.empty(), MAX_SEARCHED).items().stream()
                  .filter(each -> each.targets().contains(name))
                  .toList()));
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  private Reply incidents(Request request) throws Request.Unusable {
    Store store = ports.store();
    Optional<String> after = request.parameter("after");
    List<Incident> open = store.incidents(Optional.of(true), Optional.empty(), MAX_OPEN).items();
    Store.Page<Incident> past =
        Request.page(after, () -> store.incidents(Optional.of(false), after, IncidentsPage.PAGE));
    IncidentsPage page = new IncidentsPage(frame(request));
    return Sender.page(200, page.render(open, past, after.isPresent(), snapshot().at()));
  }

  private Reply incident(Request request) throws Request.Unusable {
    Store store = ports.store();
    String id = Request.decodedPath(request.path().substring(INCIDENTS.length() + 1));
    Optional<Incident> found = store.incident(new IncidentId(id));
    if (found.isEmpty()) {
      return nothing(request, "nothing.incident", INCIDENTS);
    }
    Incident known = found.get();
    Instant end = known.resolved().orElseGet(ports.clock()::instant).plusSeconds(1);
    List<UserReport> reports =
        store.reports().reports(known.onset().minus(UserReport.RECENT), end).stream()
            .filter(report -> Collections.binarySearch(known.targets(), report.target()) >= 0)
            .toList();
    Timeline.Sources sources =
        new Timeline.Sources(
            known,
            store.notebook(known.id()),
            store.deliveries(known.id()),
            name -> store.intervals(name, known.onset(), end),
            reports);
    return Sender.page(
        200,
        new IncidentPage(frame(request))
            .render(
                new IncidentPage.Shown(
                    sources,
                    pictures.svg(known, style(known, request)),
                    Ways.of(store, known, ports.clock().instant()),
                    Fitting.of(ports.overview().configuration().configuration(), known),
                    snapshot(),
                    request.visitor())));
  }

  private static IncidentScene.Style style(Incident incident, Request request) {
    Language language = request.visitor().language();
    Vocabulary words =
        switch (language) {
          case EN -> Vocabulary.ENGLISH;
          case JA -> Vocabulary.JAPANESE;
        };
    return new IncidentScene.Style(
        OpenIncidents.sentence(incident, Say.in(language)), ZoneOffset.UTC, words);
  }

  private Reply svg(Request request) throws Request.Unusable {
    return picture(
        request,
        ".svg",
        "image/svg+xml",
        found -> pictures.svg(found, style(found, request)).map(Buffer::buffer));
  }

  private Reply png(Request request) throws Request.Unusable {
    return picture(
        request,
        ".png",
        "image/png",
        found -> pictures.png(found, style(found, request)).map(Buffer::buffer));
  }

  private Reply picture(
      Request request, String ending, String type, Function<Incident, Optional<Buffer>> drawing)
      throws Request.Unusable {
    String path = request.path();
    String id =
        Request.decodedPath(
            path.substring(
                INCIDENTS.length() + 1, path.length() - PICTURE.length() - ending.length()));
    Optional<Incident> found = ports.store().incident(new IncidentId(id));
    if (found.isEmpty()) {
      return Reply.problem(404, "there is no incident of this id");
    }
    return drawing
        .apply(found.get())
        .map(drawn -> new Reply(200, type, Map.of(), drawn))
        .orElseGet(() -> Reply.problem(503, "no picture of it can be drawn now"));
  }

  private Reply regions(Request request) {
    return Sender.page(200, new RegionsPage(frame(request)).render(snapshot()));
  }

  private Reply watched(Request request) throws Request.Unusable {
    RoutesPage.Part part = new RoutesPage.Part(label(request), number(request));
    return Sender.page(200, new RoutesPage(frame(request)).render(snapshot(), part));
  }

  private Reply objectives(Request request) throws Request.Unusable {
    ObjectivesPage.Part part = new ObjectivesPage.Part(label(request), number(request));
    return Sender.page(200, new ObjectivesPage(frame(request)).render(snapshot(), part));
  }

  private Reply calendar(Request request) throws Request.Unusable {
    CalendarPage.Part part = new CalendarPage.Part(label(request), number(request));
    return Sender.page(200, new CalendarPage(frame(request)).render(snapshot(), part));
  }

  private Reply feed(Request request) throws Request.Unusable {
    String text = CalendarFeed.of(snapshot(), label(request), ports.overview().version());
    return new Reply(
            200,
            CalendarFeed.TYPE,
            Map.of("Content-Disposition", "inline; filename=\"parallax.ics\""),
            Buffer.buffer(text.getBytes(StandardCharsets.UTF_8)))
        .with("Vary", "Accept-Encoding");
  }

  private Reply audit(Request request) throws Request.Unusable {
    Optional<String> after = request.parameter("after");
    AuditEntry.Filter filter =
        new AuditEntry.Filter(
            request.parameter("who").orElse(""), request.parameter("what").orElse(""));
    Store.Page<AuditEntry.Row> rows =
        Request.page(after, () -> ports.store().audited(filter, after, AuditPage.PAGE));
    return Sender.page(
        200,
        new AuditPage(frame(request)).render(filter, rows, after.isPresent(), trail.verified()));
  }

  private static LabelFilter label(Request request) throws Request.Unusable {
    return new LabelFilter(request.parameter("label").orElse(""));
  }

  /** Which part of a long page; the first is 0. */
  private static int number(Request request) throws Request.Unusable {
    String text = request.parameter("page").orElse("0");
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > MAX_NUMBER) {
      throw new Request.Unusable("page must be a number from 0 to " + MAX_NUMBER);
    }
    return Integer.parseInt(text);
  }

  private Reply probes(Request request) {
    return Sender.page(
        200, new ProbesPage(frame(request)).render(snapshot(), ports.overview().connections()));
  }

  private Reply silences(Request request) throws Request.Unusable {
    Instant now = snapshot().at();
    Configuration configuration = ports.overview().configuration().configuration();
    return Sender.page(
        200,
        new SilencesPage(frame(request))
            .render(
                new SilencesPage.Shown(
                    ports.store().silences(now),
                    configuration.maintenance(),
                    now,
                    request.visitor(),
                    request.parameter("target"))));
  }

  private Reply configuration(Request request) {
    return Sender.page(
        200,
        new ConfigurationPage(frame(request))
            .render(ports.overview().configuration(), ports.overview().notReady()));
  }

  private Reply nothing(Request request, String key, String place) {
    Frame spoken = frame(request);
    Say say = spoken.say();
    String back = "<p><a href=\"" + place + "\">" + say.html("all") + "</a></p>";
    String html = "<h1>" + say.html(key) + "</h1>" + back;
    return Sender.page(404, spoken.around(new Frame.About(say.of(key), place), html));
  }
}
