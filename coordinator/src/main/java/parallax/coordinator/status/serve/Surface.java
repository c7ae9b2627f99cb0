package parallax.coordinator.status.serve;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.config.Configuration;
import parallax.config.publicpage.StatusPage;
import parallax.config.target.TargetName;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.exchange.Request;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.status.badge.Badge;
import parallax.coordinator.status.edition.Editions;
import parallax.coordinator.status.edition.Leaf;
import parallax.coordinator.status.feed.Atom;
import parallax.coordinator.status.feed.Feed;
import parallax.coordinator.status.feed.JsonFeed;
import parallax.coordinator.status.model.ServiceState;
import parallax.coordinator.status.words.Texts;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.Words;
import parallax.coordinator.view.maintenance.Windows;
import parallax.coordinator.words.Language;

/**
 * What the coordinator's own listener has of this: the public pages, and below {@link #PUBLIC} all
 * that the public may read; beside them badges and feeds of everything, for whoever reaches that
 * listener. Blocks.
 */
public final class Surface {
  /** Below it stands what the public listener has at its root. */
  public static final String PUBLIC = "/public/";

  static final String FEED = "/feed.atom";
  static final String JSON_FEED = "/feed.json";
  private static final String BADGE = "/badge/";
  private static final String SVG = ".svg";

  /** The paths, as the API description writes them. */
  public static final List<String> PATHS =
      List.of(
          "/status",
          "/embed",
          "/notice.js",
          "/notice.json",
          FEED,
          JSON_FEED,
          BADGE + "{target}" + SVG,
          PUBLIC + "{file}");

  /** Those of them that tell of every target and incident, not of what is for the public. */
  public static final List<String> OF_ALL = List.of(FEED, JSON_FEED, BADGE + "{target}" + SVG);

  /** Incidents of the internal feed. */
  static final int MAX_FEED = 50;

  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final String OWN = "Parallax";

  private final Overview overview;
  private final Store store;
  private final Editions editions;

  public Surface(Overview overview, Store store, Editions editions) {
    this.overview = overview;
    this.store = store;
    this.editions = editions;
  }

  /** The answer to a request for one of {@link #PATHS}. */
  public Reply answer(Request request) throws Request.Unusable {
    String path = request.path();
    if (path.equals(FEED)) {
      return feed(Atom.TYPE, Atom.write(all(language(request))).getBytes(StandardCharsets.UTF_8));
    }
    if (path.equals(JSON_FEED)) {
      return feed(JsonFeed.TYPE, JsonFeed.write(all(language(request))));
    }
    if (path.startsWith(BADGE)) {
      return badge(request);
    }
    String below = path.substring(path.startsWith(PUBLIC) ? PUBLIC.length() : 1);
    Optional<Leaf> leaf = Leaf.of(below, request, page());
    return leaf.map(editions.newest()::leaf)
        .map(rendered -> rendered.reply(request))
        .orElseGet(() -> Reply.problem(404, "nothing of this name is public"));
  }

  private StatusPage page() {
    return overview.configuration().configuration().statusPage();
  }

  private static Language language(Request request) throws Request.Unusable {
    return request.parameter("lang").flatMap(Language::of).orElse(Language.EN);
  }

  private static Reply feed(String type, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "private, max-age=" + SHORT.toSeconds());
    return new Reply(200, type, headers, Buffer.buffer(body));
  }

  /** All incidents, by the words of those who watch. */
  private Feed all(Language language) {
    Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
    Stream.concat(
            store.incidents(Optional.empty(), Optional.empty(), MAX_FEED).items().stream(),
            overview.snapshot().open().stream())
        .forEach(incident -> incidents.put(incident.id(), incident));
    Configuration configuration = overview.configuration().configuration();
    List<Feed.Item> items =
        incidents.values().stream()
            .sorted(Comparator.comparing(Incident::opened).reversed())
            .limit(MAX_FEED)
            .map(Surface::item)
            .toList();
    return Feed.of("Parallax: incidents", OWN, language, configuration.page(), items);
  }

  private static Feed.Item item(Incident incident) {
    List<String> lines = new ArrayList<>();
    lines.add(incident.onset() + ": it began, as far as was seen");
    lines.add(incident.opened() + ": the verdict fell: " + Words.of(incident.cause()));
    incident.published().ifPresent(at -> lines.add(at + ": it was confirmed"));
    incident.resolved().ifPresent(at -> lines.add(at + ": it was over"));
    Instant updated =
        Stream.of(incident.published(), incident.resolved(), Optional.of(incident.opened()))
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder())
            .orElse(incident.opened());
    return new Feed.Item(
        Feed.urn("incident of all " + incident.id()),
        Words.of(incident),
        incident.opened(),
        updated,
        lines);
  }

  private Reply badge(Request request) throws Request.Unusable {
    String path = request.path();
    String name = Request.decodedPath(path.substring(BADGE.length(), path.length() - SVG.length()));
    Optional<Window> window = Leaf.window(request);
    Texts texts = Texts.in(language(request));
    Snapshot snapshot = overview.snapshot();
    Optional<TargetView> view =
        TargetName.isValid(name) ? snapshot.target(new TargetName(name)) : Optional.empty();
    Badge badge =
        view.map(
                found ->
                    window
                        .map(wanted -> uptime(found, wanted, snapshot, texts))
                        .orElseGet(() -> state(found, texts)))
            .orElseGet(() -> new Badge("status", unknown(texts), Badge.Colour.NONE, tag(texts)));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "public, max-age=" + SHORT.toSeconds());
    headers.put("Access-Control-Allow-Origin", "*");
    headers.put("Cross-Origin-Resource-Policy", "cross-origin");
    Reply reply = Reply.text(Badge.TYPE, badge.svg());
    return new Reply(view.isPresent() ? 200 : 404, Badge.TYPE, headers, reply.body());
  }

  private static Badge state(TargetView view, Texts texts) {
    ServiceState state =
        switch (view.verdict().state()) {
          case UP -> ServiceState.UP;
          case DEGRADED -> ServiceState.DEGRADED;
          case DOWN -> ServiceState.DOWN;
          case UNKNOWN -> ServiceState.UNKNOWN;
        };
    String name = view.target().name().value();
    return new Badge(name, texts.of(state), Badge.Colour.of(state), tag(texts));
  }

  private static Badge uptime(TargetView view, Window window, Snapshot snapshot, Texts texts) {
    Windows windows =
        new Windows(snapshot.configuration().maintenance(), snapshot.at(), window.length());
    var share = view.uptime().ratio(window, snapshot.at(), windows.of(view.target()));
    String label = view.target().name() + " " + window.label();
    return share.isPresent()
        ? new Badge(
            label,
            texts.of("badge.uptime", texts.percent(share)),
            Badge.Colour.of(share.getAsDouble()),
            tag(texts))
        : new Badge(label, unknown(texts), Badge.Colour.NONE, tag(texts));
  }

  private static String unknown(Texts texts) {
    return texts.of("badge.unknown");
  }

  private static String tag(Texts texts) {
    return texts.language().tag();
  }
}
