package parallax.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static parallax.coordinator.core.verdict.TargetState.UP;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.view.Standing;

/** The public listener beside the coordinator's own, as they are asked from outside. */
final class PublicServerTest {
  @TempDir Path folder;

  private Listeners listeners;

  @BeforeEach
  void start() {
    listeners = new Listeners(folder);
  }

  @AfterEach
  void stop() {
    listeners.close();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void thePageIsAtTheRootInTheReadersLanguage() {
    HttpResponse<String> page = listeners.web.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(page, "Content-Security-Policy")).contains("default-src 'none'");
    assertThat(header(page, "Cache-Control")).isEqualTo("public, max-age=10");
    assertThat(header(page, "Vary")).contains("Accept-Language");
    assertThat(page.body()).contains("Shop &amp; more", "lang=\"en\"").doesNotContain("internal");
    assertThat(listeners.web.get("/status", "Accept-Language", "ja,en;q=0.5").body())
        .contains("<html lang=\"ja\">");
    assertThat(listeners.web.get("/status?lang=ja").body()).contains("<html lang=\"ja\">");
    assertThat(listeners.inside.get("/status").body()).isEqualTo(page.body());
    assertThat(listeners.inside.get("/public/status").body()).isEqualTo(page.body());
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
    HttpResponse<String> answer = listeners.web.get(path);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("internal");
  }

  @Test
  void aReaderWhoHasItAlreadyIsToldSo() {
    HttpResponse<String> first = listeners.web.get("/status");
    HttpResponse<String> again =
        listeners.web.get("/status", "If-None-Match", header(first, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
    assertThat(listeners.web.get("/status", "If-None-Match", "W/\"other\"").statusCode())
        .isEqualTo(200);
    assertThat(listeners.inside.get("/status", "If-None-Match", header(first, "ETag")).statusCode())
        .isEqualTo(304);
  }

  @Test
  void itIsSentZippedToWhoeverCanReadThat() throws IOException {
    HttpResponse<byte[]> zipped = listeners.web.bytes("/status", "Accept-Encoding", "gzip");
    assertThat(header(zipped, "Content-Encoding")).isEqualTo("gzip");
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(listeners.web.get("/status").body());
    }
  }

  @Test
  void anEditionLastsUntilSomethingChangesOrTenSeconds() {
    String before = header(listeners.web.get("/notice.json"), "ETag");
    listeners.scene.set(
        new Scene()
            .target("shop-internal", UP)
            .target("blog-internal", UP)
            .service("Shop & more", "shop-internal")
            .service("Blog", "blog-internal"));
    assertThat(header(listeners.web.get("/notice.json"), "ETag")).isEqualTo(before);
    listeners.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(header(listeners.web.get("/notice.json"), "ETag")).isNotEqualTo(before);
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
                            return listeners.web.get("/status");
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
    assertThat(listeners.snapshots.get()).isLessThanOrEqualTo(2);
  }

  @Test
  void badgesOfServicesAndOfNothing() {
    HttpResponse<String> badge = listeners.web.get("/badge/Shop%20%26%20more.svg");
    assertThat(badge.statusCode()).isEqualTo(200);
    assertThat(header(badge, "Content-Type")).isEqualTo("image/svg+xml");
    assertThat(header(badge, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(DocumentsTest.xml(badge.body()).getDocumentElement().getAttribute("aria-label"))
        .isEqualTo("Shop & more: Down");
    assertThat(listeners.web.get("/badge/Blog.svg?window=30d").body())
        .contains("Blog 30d: up 100.00 %");
    assertThat(listeners.web.get("/badge/Blog.svg?window=5y").statusCode()).isEqualTo(400);
    for (String nobody : List.of("/badge/hidden.svg", "/badge/shop-internal.svg")) {
      HttpResponse<String> none = listeners.web.get(nobody);
      assertThat(none.statusCode()).isEqualTo(404);
      assertThat(DocumentsTest.xml(none.body()).getDocumentElement().getAttribute("aria-label"))
          .isEqualTo("status: unknown");
    }
  }

  @Test
  void theOwnListenerHasBadgesAndFeedsOfEverything() {
    Incident incident = Scene.trouble("i1", Scope.GLOBAL, "hidden");
    listeners.store.record(
        listeners.store.takeOver(), List.of(new Effect.IncidentChanged(incident)), Scene.NOON);
    assertThat(listeners.inside.get("/badge/hidden.svg").body()).contains("hidden: Up");
    assertThat(listeners.inside.get("/badge/hidden.svg?window=7d").body())
        .contains("hidden 7d: up 100.00 %");
    assertThat(listeners.inside.get("/badge/none.svg").statusCode()).isEqualTo(404);
    assertThat(listeners.inside.get("/feed.atom").body())
        .contains("hidden is not working", "<entry>");
    assertThat(new JsonObject(listeners.inside.get("/feed.json").body()).getJsonArray("items"))
        .hasSize(1);
    assertThat(header(listeners.inside.get("/feed.atom"), "Access-Control-Allow-Origin")).isEmpty();
    assertThat(listeners.web.get("/feed.atom").body()).doesNotContain("hidden", "<entry>");
  }

  @Test
  void whatWasSaidToThePublicIsShownAndNothingElseOfTheNotebook() {
    Incident over =
        Judged.resolved(
            Scene.trouble("i1", Scope.GLOBAL, "shop-internal"), Scene.NOON.minusSeconds(10));
    listeners.store.record(
        listeners.store.takeOver(), List.of(new Effect.IncidentChanged(over)), Scene.NOON);
    for (String note : List.of("Public: We rolled back.", "root password is hunter2", "public:")) {
      listeners.store.note(over.id(), "alice", new Happening.Note(note), Scene.NOON);
    }
    assertThat(listeners.web.get("/status").body())
        .contains("We rolled back.")
        .doesNotContain("hunter2", "alice");
    assertThat(listeners.web.get("/feed.atom").body())
        .contains("We rolled back.")
        .doesNotContain("hunter2");
  }

  @Test
  void whileTheRecordCannotBeReadThePageIsThere() {
    listeners.store.fail(true);
    assertThat(listeners.web.get("/status").statusCode()).isEqualTo(200);
  }

  @Test
  void whileTheRecordHangsOthersGetWhatWasThereBefore() throws Exception {
    listeners.scene.get().incident(Scene.trouble("i1", Scope.GLOBAL, "shop-internal"));
    String before = listeners.web.get("/status").body();
    listeners.nanos.addAndGet(Duration.ofSeconds(30).toNanos());
    CountDownLatch release = listeners.store.hold();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> held = threads.submit(() -> listeners.web.get("/status"));
      Waiting.until("somebody asks the record", () -> listeners.snapshots.get() >= 2);
      Waiting.until("others are served", () -> listeners.web.get("/status").body().equals(before));
      assertThat(held.isDone()).isFalse();
      release.countDown();
      assertThat(held.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void healthSaysNothingButWhetherToComeHere() {
    assertThat(listeners.web.get("/healthz").body()).isEqualTo("{\"status\":\"ok\"}");
    listeners.scene.get().dead();
    assertThat(listeners.web.get("/healthz").statusCode()).isEqualTo(503);
    assertThat(listeners.web.get("/healthz").body()).doesNotContain("stuck");
  }

  @Test
  void oneThatFollowsGivesOutWhatTheLeaderHasAndTellsAsOfWhenWhileItIsGone() {
    listeners.standing.set(new Standing.Follows(listeners.leader));
    HttpResponse<String> page = listeners.web.get("/status");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).isEqualTo(listeners.inside.get("/status").body());
    assertThat(listeners.web.get("/badge/Shop%20%26%20more.svg").body())
        .contains("Shop &amp; more: Down");
    assertThat(listeners.web.get("/badge/none.svg").statusCode()).isEqualTo(404);
    assertThat(listeners.web.get("/notice.js").body()).contains("currentScript");
    listeners.standing.set(new Standing.Waits("nobody leads"));
    listeners.nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(listeners.web.get("/status").body()).isEqualTo(page.body());
    assertThat(listeners.web.get("/feed.atom").statusCode()).isEqualTo(503);
    listeners.nanos.addAndGet(Duration.ofMinutes(6).toNanos());
    assertThat(listeners.web.get("/status").statusCode()).isEqualTo(503);
  }

  @Test
  void everythingIsInOneFileForACopy() {
    JsonObject all = listeners.inside.json("/public/export.json");
    assertThat(all.getString("at")).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(
            all.getJsonArray("files").stream().map(file -> ((JsonObject) file).getString("name")))
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
}
