package parallax.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.core.verdict.TargetState.DOWN;
import static parallax.coordinator.core.verdict.TargetState.UP;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.report.UserReport;
import parallax.coordinator.status.serve.PublicServer;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.Standing;

/** The public listener beside the coordinator's own, as they are asked from outside. */
final class PublicServerTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Meters meters = new Meters();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger snapshots = new AtomicInteger();
  private final AtomicReference<Standing> standing = new AtomicReference<>(new Standing.Leads());
  private final AtomicReference<Scene> scene =
      new AtomicReference<>(
          new Scene()
              .target("shop-internal", DOWN)
              .target("blog-internal", UP)
              .target("hidden", UP)
              .service("Shop & more", "shop-internal")
              .service("Blog", "blog-internal"));
  private FaultyStore store;
  private ApiServer own;
  private PublicServer server;
  private WebClient inside;
  private WebClient web;

  @BeforeEach
  void start() {
    store = new FaultyStore(SqliteStore.open(folder));
    Counted shown = new Counted(scene, snapshots);
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    own =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown, store, page, nanos::get, InstantSource.fixed(Scene.NOON)));
    int ownPort = own.listen("127.0.0.1", 0).await();
    inside = new WebClient(ownPort);
    server = own.publication().server(vertx, standing::get);
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    leader = URI.create("http://127.0.0.1:" + ownPort);
  }

  private URI leader = URI.create("http://127.0.0.1:1");

  @AfterEach
  void stop() {
    server.close();
    own.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void thePageIsAtTheRootInTheReadersLanguage() {
    HttpResponse<String> page = web.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'");
    assertThat(header(page, "Cache-Control")).isEqualTo("public, max-age=10");
    assertThat(header(page, "Vary")).contains("Accept-Language");
    assertThat(page.body()).contains("Shop &amp; more", "lang=\"en\"").doesNotContain("internal");
    assertThat(web.get("/status", "Accept-Language", "ja,en;q=0.5").body())
        .contains("<html lang=\"ja\">");
    assertThat(web.get("/status?lang=ja").body()).contains("<html lang=\"ja\">");
    assertThat(inside.get("/status").body()).isEqualTo(page.body());
    assertThat(inside.get("/public/status").body()).isEqualTo(page.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/targets",
        "/api/v1/reports",
        "/metrics",
        "/readyz",
        "/openapi.yaml",
        "/public/status",
        "/export.json",
        "/status/",
        "/badge/",
        "/..%2fapi/v1/targets",
        "/notice.json?service=hidden",
        "/embed?service=shop-internal",
        "/favicon.ico"
      })
  void nothingElseIsThere(String path) {
    HttpResponse<String> answer = web.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("internal");
  }

  @Test
  void aReaderWhoHasItAlreadyIsToldSo() {
    HttpResponse<String> first = web.get("/status");
    HttpResponse<String> again = web.get("/status", "If-None-Match", header(first, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
    assertThat(web.get("/status", "If-None-Match", "W/\"other\"").statusCode()).isEqualTo(200);
    assertThat(inside.get("/status", "If-None-Match", header(first, "ETag")).statusCode())
        .isEqualTo(304);
  }

  @Test
  void itIsSentZippedToWhoeverCanReadThat() throws IOException {
    HttpResponse<byte[]> zipped = web.bytes("/status", "Accept-Encoding", "gzip");
    assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(web.get("/status").body());
    }
  }

  @Test
  void anEditionLastsUntilSomethingChangesOrTenSeconds() {
    String before = header(web.get("/notice.json"), "ETag");
    scene.set(
        new Scene()
            .target("shop-internal", UP)
            .target("blog-internal", UP)
            .service("Shop & more", "shop-internal")
            .service("Blog", "blog-internal"));
    assertThat(header(web.get("/notice.json"), "ETag")).isEqualTo(before);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(header(web.get("/notice.json"), "ETag")).isNotEqualTo(before);
  }

  @Test
  void aCrowdIsServedFromOneEdition()
      throws InterruptedException, ExecutionException, TimeoutException {
    int readers = 200;
    CountDownLatch ready = new CountDownLatch(readers);
    try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> answers =
          IntStream.range(0, readers)
              .mapToObj(
                  _ ->
                      crowd.submit(
                          () -> {
                            ready.countDown();
                            ready.await();
                            return web.get("/status");
                          }))
              .toList();
      TreeSet<String> tags = new TreeSet<>();
      for (Future<HttpResponse<String>> answer : answers) {
        HttpResponse<String> page = answer.get(60, TimeUnit.SECONDS);
        assertThat(page.statusCode()).isEqualTo(200);
        tags.add(header(page, "ETag"));
      }
      assertThat(tags).hasSize(1);
    }
    assertThat(snapshots.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void badgesOfServicesAndOfNothing() {
    HttpResponse<String> badge = web.get("/badge/Shop%20%26%20more.svg");
    assertThat(badge.statusCode()).isEqualTo(200);
    assertThat(header(badge, "Content-Type")).isEqualTo("image/svg+xml");
    assertThat(header(badge, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(DocumentsTest.xml(badge.body()).getDocumentElement().getAttribute("aria-label"))
        .isEqualTo("Shop & more: Down");
    assertThat(web.get("/badge/Blog.svg?window=30d").body()).contains("Blog 30d: up 100.00 %");
    assertThat(web.get("/badge/Blog.svg?window=5y").statusCode()).isEqualTo(400);
    for (String nobody : List.of("/badge/hidden.svg", "/badge/shop-internal.svg")) {
      HttpResponse<String> none = web.get(nobody);
      assertThat(none.statusCode()).isEqualTo(404);
      assertThat(DocumentsTest.xml(none.body()).getDocumentElement().getAttribute("aria-label"))
          .isEqualTo("status: unknown");
    }
  }

  @Test
  void theOwnListenerHasBadgesAndFeedsOfEverything() {
    Incident incident = Scene.trouble("i1", Scope.GLOBAL, "hidden");
    store.record(store.takeOver(), List.of(new Effect.IncidentChanged(incident)), Scene.NOON);
    assertThat(inside.get("/badge/hidden.svg").body()).contains("hidden: Up");
    assertThat(inside.get("/badge/hidden.svg?window=7d").body()).contains("hidden 7d: up 100.00 %");
    assertThat(inside.get("/badge/none.svg").statusCode()).isEqualTo(404);
    assertThat(inside.get("/feed.atom").body()).contains("hidden is not working", "<entry>");
    assertThat(new JsonObject(inside.get("/feed.json").body()).getJsonArray("items")).hasSize(1);
    assertThat(header(inside.get("/feed.atom"), "Access-Control-Allow-Origin")).isEmpty();
    assertThat(web.get("/feed.atom").body()).doesNotContain("hidden", "<entry>");
  }

  @Test
  void whatWasSaidToThePublicIsShownAndNothingElseOfTheNotebook() {
    Incident over =
        Judged.resolved(
            Scene.trouble("i1", Scope.GLOBAL, "shop-internal"), Scene.NOON.minusSeconds(10));
    store.record(store.takeOver(), List.of(new Effect.IncidentChanged(over)), Scene.NOON);
    for (String note : List.of("Public: We rolled back.", "root password is hunter2", "public:")) {
      store.note(over.id(), "alice", new Happening.Note(note), Scene.NOON);
    }
    assertThat(web.get("/status").body())
        .contains("We rolled back.")
        .doesNotContain("hunter2", "alice");
    assertThat(web.get("/feed.atom").body()).contains("We rolled back.").doesNotContain("hunter2");
  }

  @Test
  void whileTheRecordCannotBeReadThePageIsThere() {
    store.fail(true);
    assertThat(web.get("/status").statusCode()).isEqualTo(200);
  }

  @Test
  void whileTheRecordHangsOthersGetWhatWasThereBefore() throws Exception {
    scene.get().incident(Scene.trouble("i1", Scope.GLOBAL, "shop-internal"));
    String before = web.get("/status").body();
    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    CountDownLatch release = store.hold();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> held = threads.submit(() -> web.get("/status"));
      Waiting.until("somebody asks the record", () -> snapshots.get() >= 2);
      Waiting.until("others are served", () -> web.get("/status").body().equals(before));
      assertThat(held.isDone()).isFalse();
      release.countDown();
      assertThat(held.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void healthSaysNothingButWhetherToComeHere() {
    assertThat(web.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    scene.get().dead();
    assertThat(web.get("/healthz").statusCode()).isEqualTo(503);
    assertThat(web.get("/healthz").body()).doesNotContain("stuck");
  }

  private List<UserReport> reports() {
    return store.reports().reports(Scene.NOON.minusSeconds(60), Scene.NOON.plusSeconds(60));
  }

  @Test
  void aFormTellsThatSomethingIsDownOnceAQuarterOfAnHour() {
    String body = "service=Shop+%26+more&text=white+%3Cb%3E+page&lang=ja";
    HttpResponse<String> thanks = web.postAs(FORM, "/status/report", body);
    assertThat(thanks.statusCode()).isEqualTo(201);
    assertThat(thanks.body()).contains("受け付けました");
    assertThat(reports()).hasSize(1);
    assertThat(reports().getFirst().target().value()).isEqualTo("shop-internal");
    assertThat(reports().getFirst().text()).isEqualTo("white <b> page");
    HttpResponse<String> again = inside.postAs(FORM, "/status/report", body);
    assertThat(again.statusCode()).isEqualTo(429);
    assertThat(header(again, "Retry-After")).isNotEmpty();
    assertThat(reports()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "service=hidden, 404",
    "service=, 404",
    "text=x, 404",
  })
  void aFormAboutNothingPublicIsRefused(String body, int status) {
    assertThat(web.postAs(FORM, "/status/report", body).statusCode()).isEqualTo(status);
    assertThat(reports()).isEmpty();
  }

  @Test
  void aFormOfAnotherPageOrOfAnotherKindIsRefused() {
    String body = "service=Blog";
    assertThat(
            web.postAs(FORM, "/status/report", body, "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(web.postAs("application/json", "/status/report", "{}").statusCode()).isEqualTo(415);
    assertThat(web.get("/status/report").statusCode()).isEqualTo(405);
    assertThat(web.postAs(FORM, "/status", body).statusCode()).isEqualTo(405);
    assertThat(web.postAs(FORM, "/status/report", "text=" + "x".repeat(20_000)).statusCode())
        .isEqualTo(413);
    assertThat(reports()).isEmpty();
  }

  @Test
  void whereReportsAreNotPublicTheFormIsClosed() {
    scene.get().closedToReports();
    assertThat(web.postAs(FORM, "/status/report", "service=Blog").statusCode()).isEqualTo(403);
    assertThat(reports()).isEmpty();
  }

  @Test
  void oneThatFollowsGivesOutWhatTheLeaderHasAndTellsAsOfWhenWhileItIsGone() {
    standing.set(new Standing.Follows(leader));
    HttpResponse<String> page = web.get("/status");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo(inside.get("/status").body());
    assertThat(web.get("/badge/Shop%20%26%20more.svg").body()).contains("Shop &amp; more: Down");
    assertThat(web.get("/badge/none.svg").statusCode()).isEqualTo(404);
    assertThat(web.get("/notice.js").body()).contains("currentScript");
    standing.set(new Standing.Waits("nobody leads"));
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(web.get("/status").body()).isEqualTo(page.body());
    assertThat(web.get("/feed.atom").statusCode()).isEqualTo(503);
    nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    assertThat(web.get("/status").statusCode()).isEqualTo(503);
  }

  @Test
  void everythingIsInOneFileForACopy() {
    JsonObject all = inside.json("/public/export.json");
    assertThat(all.getString("at")).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(all.getJsonArray("files").stream().map(file -> ((JsonObject) file).getString("name")))
        .contains(
            "badge/Shop & more.svg",
            "badge/30d/Blog.svg",
            "feed.atom",
            "feed.json",
            "notice.json",
            "notice.js",
            "index.html",
            "index.ja.html");
    assertThat(all.encode()).doesNotContain("internal");
  }

  /** Counts how often somebody looks. */
  private record Counted(AtomicReference<Scene> scene, AtomicInteger looks)
      implements Overview {
    @Override
    public Snapshot snapshot() {
      looks.incrementAndGet();
      return scene.get().snapshot();
    }

    @Override
    public ConfigurationStatus configuration() {
      return scene.get().configuration();
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
      return scene.get().notAlive();
    }

    @Override
    public String version() {
      return "1";
    }
  }
}
