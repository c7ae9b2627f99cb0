package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.observation.Outcome;
import parallax.config.target.Target;
import parallax.coordinator.api.events.EventsRoute;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

final class ApiServerTest {
  private static final String URL_NAME = "https://example.com/a//b?x=1&y=%20";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private FaultyStore store;
  private ApiServer server;
  private WebClient web;
  private int port;

  @BeforeEach
  void start() {
    store = new FaultyStore(SqliteStore.open(folder));
    List<TargetView> views = new ArrayList<>();
    for (String name : List.of(URL_NAME, "db", "shop", "wiki")) {
      views.add(view(name, name.equals("shop") ? TargetState.DOWN : TargetState.UP));
    }
    shown.show(views);
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown, store, page, System::nanoTime, InstantSource.fixed(Examples.NOON)));
    port = server.listen("127.0.0.1", 0).await();
    web = new WebClient(port);
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private static TargetView view(String name, TargetState state) {
    Target target = Examples.target(name);
    return new TargetView(
            target,
            Examples.verdict(name, state, Examples.NOON.minusSeconds(60)),
            List.of(),
            UptimeHistory.EMPTY.with(Examples.NOON.minusSeconds(60), state),
            Optional.empty())
        .seeing(
            Examples.evidence(
                name, state == TargetState.DOWN ? Examples.REFUSED : Outcome.up(), Examples.NOON));
  }

  @Test
  void aTargetSaysWhatIsHeldToBeTrueAndHowItIsKnown() {
    JsonObject shop = web.json("/api/v1/targets/shop");
    assertThat(shop.getString("url")).isEqualTo("http://127.0.0.1/");
    assertThat(shop.getJsonObject("labels").getString("team")).isEqualTo("web");
    assertThat(shop.getDouble("intervalSeconds")).isEqualTo(30);
    JsonObject verdict = shop.getJsonObject("verdict");
    assertThat(verdict.getString("state")).isEqualTo("DOWN");
    assertThat(verdict.getString("scope")).isEqualTo("UNCONFIRMED");
    assertThat(verdict.getString("since")).isEqualTo("2026-03-01T11:59:00Z");
    assertThat(verdict.getJsonObject("cause").encode())
        .isEqualTo(
            "{\"layer\":\"TCP\",\"reason\":\"connection refused\","
                + "\"code\":\"CONNECTION_REFUSED\",\"detail\":\"127.0.0.1:8080"
                + " <b>&\\\"quoted\\\"</b>\",\"culprit\":\"target:shop\"}");
    JsonObject evidence = verdict.getJsonArray("evidence").getJsonObject(0);
    assertThat(evidence.getString("probe")).isEqualTo("embedded");
    assertThat(evidence.getString("outcome")).isEqualTo("down");
    assertThat(evidence.getBoolean("counts")).isTrue();
    assertThat(evidence.getDouble("weight")).isEqualTo(5.5);
    assertThat(verdict.getJsonObject("why").getString("rule")).isEqualTo("one look decides");
    JsonObject region = shop.getJsonObject("regions").getJsonObject("here");
    assertThat(region.getString("state")).isEqualTo("DOWN");
    assertThat(region.getString("code")).isEqualTo("CONNECTION_REFUSED");
    assertThat(shop.getJsonObject("latency").getDouble("totalMs")).isEqualTo(42.346);
    assertThat(shop.getJsonObject("uptime").encode())
        .isEqualTo("{\"24h\":0.0,\"7d\":0.0,\"30d\":0.0,\"90d\":0.0}");
  }

  @Test
  void aNameThatIsAUrlIsFoundEncodedAndAsItIs() {
    String encoded = URLEncoder.encode(URL_NAME, StandardCharsets.UTF_8);
    for (String path : List.of(encoded, URL_NAME)) {
      assertThat(web.json("/api/v1/targets/" + path).getString("name")).isEqualTo(URL_NAME);
    }
  }

  @Test
  void aListComesInPagesAndCanBeFilteredByState() {
    shown.show(
        IntStream.range(0, 25)
            .mapToObj(
                i -> view("t%02d".formatted(i), i % 2 == 0 ? TargetState.UP : TargetState.DOWN))
            .toList());
    List<String> names = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonObject page = web.json("/api/v1/targets?state=up&limit=5" + cursor);
      page.getJsonArray("items").forEach(item -> names.add(((JsonObject) item).getString("name")));
      String next = page.getString("next");
      cursor = next == null ? "" : "&cursor=" + next;
      pages++;
    } while (!cursor.isEmpty());
    assertThat(pages).isEqualTo(3);
    assertThat(names).hasSize(13).isSorted().doesNotHaveDuplicates().contains("t00", "t24");
  }

  @Test
  void anIncidentComesWithItsTimelineAndNotifications() {
    Incident incident =
        Judged.incident(
            "i/1 ä",
            List.of(Examples.target("shop").name()),
            Scope.UNCONFIRMED,
            Examples.cause(),
            Examples.NOON.minusSeconds(5),
            Examples.NOON,
            List.of(Examples.evidence("shop", Examples.REFUSED, Examples.NOON)));
    store.record(
        store.takeOver(),
        List.of(
            new Effect.VerdictChanged(Examples.verdict("shop", TargetState.DOWN, Examples.NOON)),
            new Effect.IncidentChanged(incident),
            new Effect.Tell(new Notice(Notice.Kind.OPENED, incident, List.of("hook")))),
        Examples.NOON);
    assertThat(web.json("/api/v1/incidents?state=open").getJsonArray("items")).hasSize(1);
    assertThat(web.json("/api/v1/incidents?state=resolved").getJsonArray("items")).isEmpty();
    JsonObject found = web.json("/api/v1/incidents/i%2F1%20%C3%A4");
    assertThat(found.getString("id")).isEqualTo("i/1 ä");
    assertThat(found.getString("summary")).startsWith("shop is not working: TCP");
    assertThat(found.getJsonArray("evidence")).hasSize(1);
    assertThat(
            found.getJsonArray("timeline").stream().map(e -> ((JsonObject) e).getString("event")))
        .containsExactlyInAnyOrder("onset", "opened", "published", "verdict");
    JsonObject notification = found.getJsonArray("notifications").getJsonObject(0);
    assertThat(notification.getString("receiver")).isEqualTo("hook");
    assertThat(notification.getString("event")).isEqualTo("down");
    assertThat(notification.getInteger("attempts")).isZero();
    assertThat(notification.getString("delivered")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/targets?state=sideways                     | 400 | state must be one of UP, DEGRADED, DOWN, UNKNOWN
          /api/v1/targets?limit=0                            | 400 | limit must be a number from 1 to 1000
          /api/v1/targets?limit=1001                         | 400 | limit must be a number from 1 to 1000
          /api/v1/targets?limit=ten                          | 400 | limit must be a number from 1 to 1000
          /api/v1/targets?cursor=%25                         | 400 | cursor must be the next of an earlier page
          /api/v1/targets/%zz                                | 400 | the request cannot be understood
          /api/v1/targets/nothing                            | 404 | no target of this name
          /api/v1/targets/%00                                | 404 | no target of this name
          /api/v1/incidents?state=maybe                      | 400 | state must be one of OPEN, RESOLVED
          /api/v1/incidents?cursor=!!                        | 400 | cursor must be the next of an earlier page
          /api/v1/incidents/none                             | 404 | no incident of this id
          /api/v1/observations                               | 400 | target must name a target
          /api/v1/observations?target=%20                    | 400 | target must name a target
          /api/v1/observations?target=nothing                | 404 | no target of this name
          /api/v1/observations?target=shop&from=yesterday    | 400 | from must be an instant such as
          /api/v1/observations?target=shop&to=2026-99-01     | 400 | to must be an instant such as
          /api/v1/observations?target=shop&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z | 400 | from must be before to
          /api/v1/observations?target=shop&cursor=x          | 400 | cursor must be the next of an earlier page
          /api/v1/nothing                                    | 404 | there is nothing at this path
          /favicon.ico                                       | 404 | there is nothing at this path
          """)
  void whatCannotBeAnsweredIsAProblemDocument(String path, int status, String detail)
      throws IOException {
    String raw = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(raw).startsWith("HTTP/1.1 " + status + " ");
    assertThat(raw.toLowerCase(Locale.ROOT))
        .contains("content-type: application/problem+json", "x-content-type-options: nosniff");
    JsonObject problem = new JsonObject(raw.substring(raw.indexOf("\r\n\r\n") + 4));
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("type")).isEqualTo("about:blank");
    assertThat(problem.getString("detail")).contains(detail);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
  void whatIsReadOnlyRefusesOtherMethods(String method) {
    for (String path : List.of("/api/v1/targets", "/api/v1/targets/shop", "/metrics", "/")) {
      HttpResponse<String> response = web.send(method, path);
      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
      assertThat(response.headers().firstValue("Content-Type")).contains(Reply.PROBLEM);
    }
  }

  @Test
  void whatIsTooLargeIsRefused() throws IOException {
    assertThat(raw("GET /" + "x".repeat(ApiServer.MAX_URI) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .matches("(?s)HTTP/1\\.[01] 414 .*")
        .contains("application/problem+json");
    String header = "X-Long: " + "x".repeat(ApiServer.MAX_HEADERS) + "\r\n";
    assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\n" + header + "\r\n"))
        .matches("(?s)HTTP/1\\.[01] 431 .*");
    String body = "Content-Length: " + (ApiServer.MAX_BODY + 1) + "\r\nConnection: close\r\n\r\n";
    assertThat(raw("POST /api/v1/targets HTTP/1.1\r\nHost: x\r\n" + body))
        .matches("(?s)HTTP/1\\.[01] 413 .*")
        .contains("application/problem+json");
    assertThat(raw("nonsense\r\n\r\n")).matches("(?s)HTTP/1\\.[01] 400 .*");
  }

  @Test
  void everyAnswerIsGuardedAgainstBeingTakenForAPage() {
    for (String path : server.paths()) {
      if (!path.contains("{") && !path.equals(EventsRoute.PATH)) {
        HttpResponse<String> response = web.get(path);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        // What changes every few seconds anyway may be kept for as long.
        assertThat(response.headers().firstValue("Cache-Control").orElseThrow())
            .isIn("no-store", "public, max-age=10", "private, max-age=10");
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
            .startsWith("default-src 'none'");
      }
    }
  }

  @Test
  void theDescriptionNamesEveryPathAndEveryPathAnswersAsDescribed() {
    OpenApi description = OpenApi.parse(web.get("/openapi.yaml").body());
    assertThat(new TreeSet<>(server.paths())).isEqualTo(description.paths());
    assertThat(server.routes())
        .containsExactlyInAnyOrderElementsOf(
            description.paths().stream()
                .map(path -> path.replaceAll("\\{.*", ""))
                .distinct()
                .toList());
    List<String> finite =
        description.readable().stream().filter(path -> !path.equals(EventsRoute.PATH)).toList();
    for (String path : finite) {
      String sample =
          path.replaceAll("\\{(name|target)}", "shop")
                  .replace("{id}", "none")
                  .replace("{month}", "2026-01")
                  .replace("{file}", "status")
              + (path.equals("/api/v1/observations") ? "?target=shop" : "");
      HttpResponse<String> response = web.get(sample);
      String type = response.headers().firstValue("Content-Type").orElseThrow();
      assertThat(description.contentTypes(path, response.statusCode()))
          .as("%s answers %s", sample, response.statusCode())
          .anyMatch(type::startsWith);
    }
  }

  @Test
  void healthAndReadinessSayWhyNot() {
    assertThat(web.json("/healthz").encode())
        .isEqualTo("{\"status\":\"ok\",\"version\":\"1.2.3\"}");
    shown.troubled("the store cannot be written");
    assertThat(web.get("/healthz").statusCode()).isEqualTo(200);
    HttpResponse<String> ready = web.get("/readyz");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.headers().firstValue("Retry-After")).contains("1");
    assertThat(new JsonObject(ready.body()).getString("detail"))
        .isEqualTo("the store cannot be written");
  }

  @Test
  void aSlowStoreDoesNotHoldUpHealthAndTurnsAwayWhatItCannotTake() {
    CountDownLatch release = store.hold();
    List<CompletableFuture<Integer>> waiting = new ArrayList<>();
    int many = ApiServer.WORKERS + ApiServer.MAX_WAITING + 20;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < many; i++) {
        waiting.add(
            CompletableFuture.supplyAsync(
                () -> web.get("/api/v1/incidents").statusCode(), threads));
      }
      Waiting.until(
          "the surplus turned away",
          () -> waiting.stream().filter(CompletableFuture::isDone).count() == 20);
      assertThat(web.get("/healthz").statusCode()).isEqualTo(200);
      release.countDown();
      List<Integer> answers = waiting.stream().map(CompletableFuture::join).toList();
      assertThat(answers).containsOnly(200, 503);
      assertThat(answers.stream().filter(status -> status == 503)).hasSize(20);
    }
  }

  @Test
  void metricsComeInTheFormatAndCodingAskedFor() throws IOException {
    HttpResponse<String> plain = web.get("/metrics");
    assertThat(plain.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(plain.body()).contains("parallax_target_up{target=\"shop\"} 0\n");
    HttpResponse<byte[]> zipped =
        web.bytes(
            "/metrics",
            "Accept",
            "application/openmetrics-text;version=1.0.0,text/plain;q=0.5",
            "Accept-Encoding",
            "gzip");
    assertThat(zipped.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(zipped.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text; version=1.0.0");
    try (InputStream unzip = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertThat(new String(unzip.readAllBytes(), StandardCharsets.UTF_8))
          .contains("parallax_target_up{target=\"wiki\"} 1\n")
          .endsWith("\n# EOF\n");
    }
  }

  @Test
  void aListOfTenThousandTargetsIsServedInPages() {
    Snapshot snapshot =
        shown.show(
            IntStream.range(0, 10_000)
                .mapToObj(i -> view("t%05d".formatted(i), TargetState.UP))
                .toList());
    assertThat(snapshot.targets()).hasSize(10_000);
    int seen = 0;
    String next = "";
    for (int pages = 1; pages <= 10; pages++) {
      JsonObject page = web.json("/api/v1/targets?limit=1000" + next);
      seen += page.getJsonArray("items").size();
      next = "&cursor=" + page.getString("next");
    }
    assertThat(seen).isEqualTo(10_000);
    assertThat(next).isEqualTo("&cursor=null");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
