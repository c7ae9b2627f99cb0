package parallax.coordinator.drill;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.observation.Vantage;
import parallax.coordinator.CoordinatorNode;
import parallax.coordinator.replay.Replay;
import parallax.coordinator.replay.ScenarioFiles;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.WholeRecord;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;

/** Drills on a coordinator that watches targets in earnest meanwhile. */
final class DrillNodeTest {
  private static final String DRILL = "/api/v1/drill";
  private static final String HOOK = "/hook";
  private static final String PAGE = "https://parallax.example.com";
  private static final List<String> TARGETS = List.of("shop", "blog", "mall");

  @TempDir Path folder;
  @TempDir Path secrets;

  private final Vertx vertx = Vertx.vertx();
  private final WireMockServer receiver =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private Store store;
  private CoordinatorNode node;
  private WebClient web;

  @BeforeEach
  void start() throws IOException {
    receiver.start();
    receiver.stubFor(post(urlEqualTo(HOOK)).willReturn(aResponse().withStatus(204)));
    receiver.stubFor(
        post(urlPathMatching("/api/.*"))
            .willReturn(aResponse().withBody("{\"ok\":true,\"channel\":\"C0\",\"ts\":\"1.2\"}")));
    receiver.stubFor(
        post(urlPathMatching("/bot.*"))
            .willReturn(aResponse().withBody("{\"ok\":true,\"result\":{\"message_id\":7}}")));
    Path secret = Files.writeString(secrets.resolve("secret"), "very-secret");
    store = SqliteStore.open(folder);
    Configuration configuration =
        ConfigurationText.read(
            """
            version: 1
            page: %3$s
            defaults: {interval: 30s}
            targets:
              - {name: shop, url: "https://shop.example.com/", labels: {team: web}}
              - {name: blog, url: "https://blog.example.com/", labels: {team: web}}
              - {name: mall, url: "https://mall.example.com/", labels: {team: mall}}
            receivers:
              - {name: hook, webhook: {url: "%1$s/hook"}}
              - name: chat
                slack:
                  token: "${file:%2$s}"
                  channel: C0
                  signing_secret: "${file:%2$s}"
                  api: "%1$s/api"
              - name: phone
                telegram: {token: "${file:%2$s}", chat: -100, url: "%1$s"}
                language: ja
            routes:
              - {match: {team: mall}, to: [chat, phone]}
              - {to: hook}
            runbooks:
              - {name: mend, match: {team: mall}, link: "https://wiki.example.com/mall"}
            """
                .formatted("http://127.0.0.1:" + receiver.port(), secret, PAGE));
    node =
        CoordinatorNode.start(
            new CoordinatorNode.Settings(
                vertx,
                "127.0.0.1",
                0,
                store,
                configuration,
                // A clock that stands still: whatever changes is not for time's sake.
                () -> Examples.NOON,
                (_, _, _, _) -> {},
                "1.2.3"));
    web = new WebClient(node.port());
    Waiting.until("ready", () -> web.get("/readyz").statusCode() == 200);
    for (String target : TARGETS) {
      for (Vantage vantage : Fleets.vantages()) {
        node.heard(vantage, Examples.NOON);
        node.ingest(
            Examples.observation(
                vantage, target, CheckKind.HTTP, Outcome.up(), Examples.NOON.minusSeconds(1)));
      }
    }
    Waiting.until(
        "all is seen",
        () ->
            TARGETS.stream()
                .allMatch(
                    name ->
                        web.json("/api/v1/observations?target=" + name + "&to=2026-03-01T12:30:00Z")
                                .getJsonArray("items")
                                .size()
                            == 6));
    Waiting.until("shown", () -> web.json("/api/v1/targets/shop").encode().contains("oregon"));
  }

  @AfterEach
  void stop() {
    node.close();
    store.close();
    receiver.stop();
    vertx.close().await();
  }

  /** What is held to be true, and all that is on record of it. */
  private record Earnest(List<String> answers, List<String> rows) {}

  private Earnest earnest() {
    List<String> rows = new ArrayList<>();
    try (WholeRecord whole = SqliteStore.wholeToRead(folder)) {
      whole.read(
          (table, row) -> {
            if (!table.equals("audit")) {
              rows.add(table + " " + row);
            }
          });
    }
    List<String> answers =
        List.of(
            web.get("/api/v1/targets").body(),
            web.get("/api/v1/targets/shop").body(),
            web.get("/api/v1/incidents").body(),
            web.get("/api/v1/probes").body());
    return new Earnest(answers, rows);
  }

  private static String yaml(String scenario) throws IOException {
    return Files.readString(
        Path.of(
            Objects.requireNonNull(Replay.class.getResource("scenarios")).getPath(),
            scenario + ".yaml"));
  }

  private JsonObject begun(JsonObject order) {
    HttpResponse<String> response = web.post(DRILL, order.encode());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return new JsonObject(response.body());
  }

  private JsonObject over() {
    Waiting.until("over", () -> web.json(DRILL).getString("state").equals("over"));
    return web.json(DRILL);
  }

  private static List<JsonObject> letters(JsonObject drill) {
    JsonArray letters = drill.getJsonArray("letters");
    return IntStream.range(0, letters.size()).mapToObj(letters::getJsonObject).toList();
  }

  private List<JsonObject> received() {
    return receiver.findAll(postRequestedFor(urlEqualTo(HOOK))).stream()
        .map(request -> new JsonObject(request.getBodyAsString()))
        .toList();
  }

  @Test
  void aDrillOfEachScenarioLeavesVerdictsUptimeAndHistoryAsTheyAre() throws Exception {
    Earnest before = earnest();
    assertThat(before.rows()).isNotEmpty();
    List<Path> files =
        ScenarioFiles.list(
            Path.of(Objects.requireNonNull(Replay.class.getResource("scenarios")).toURI()));
    for (Path file : files) {
      JsonObject begun = begun(new JsonObject().put("scenario", Files.readString(file)));
      JsonObject over = over();
      assertThat(over.getString("id")).isEqualTo(begun.getString("id"));
      assertThat(over.getString("why")).isEqualTo("finished");
      assertThat(earnest()).as(file.toString()).isEqualTo(before);
    }
    assertThat(received()).isEmpty();
  }

  @Test
  void whoWouldBeToldIsInTheReportAndInTheAuditLog() throws Exception {
    begun(new JsonObject().put("scenario", yaml("facebook-2021-10-04")).put("who", "alice"));
    JsonObject over = over();
    List<JsonObject> letters = letters(over);
    assertThat(letters)
        .first()
        .satisfies(
            letter -> {
              assertThat(letter.getBoolean("drill")).isTrue();
              assertThat(letter.getString("kind")).isEqualTo("opened");
              assertThat(letter.getString("receiver")).isEqualTo("hook");
              assertThat(letter.getString("headline")).startsWith("[DRILL] ");
              assertThat(letter.getString("fate")).isEqualTo("kept");
            });
    assertThat(letters)
        .last()
        .satisfies(letter -> assertThat(letter.getString("kind")).isEqualTo("resolved"));
    Waiting.until(
        "audited", () -> audited().stream().filter(r -> r.contains("drill")).count() == 2);
    assertThat(audited())
        .anyMatch(row -> row.contains("alice") && row.contains("begun") && row.contains("facebook"))
        .anyMatch(row -> row.contains("ended (finished)"));
  }

  private List<String> audited() {
    List<String> rows = new ArrayList<>();
    try (WholeRecord whole = SqliteStore.wholeToRead(folder)) {
      whole.read(
          (table, row) -> {
            if (table.equals("audit")) {
              rows.add(row);
            }
          });
    }
    return rows;
  }

  @Test
  void lettersOfADrillAreSentOnlyWhenThatIsAskedForAndAreMarked() {
    Earnest before = earnest();
    begun(new JsonObject().put("faults", new JsonArray().add("target=shop")).put("send", true));
    JsonObject over = over();
    assertThat(earnest()).isEqualTo(before);
    assertThat(letters(over))
        .extracting(letter -> letter.getString("kind") + " " + letter.getString("fate"))
        .containsExactly("opened arrived", "resolved arrived");
    assertThat(received())
        .hasSize(2)
        .allSatisfy(
            letter -> {
              assertThat(letter.getBoolean("drill")).isTrue();
              assertThat(letter.encode()).contains("[DRILL]", "drill-");
            });
    // Nobody is told of the future.
    assertThat(letters(over))
        .allSatisfy(
            letter ->
                assertThat(Instant.parse(letter.getString("at"))).isBeforeOrEqualTo(Examples.NOON));
  }

  @Test
  void inSlackAndInJapaneseAllIsMarkedAndNothingOfItIsOfARealIncident() {
    begun(new JsonObject().put("faults", new JsonArray().add("target=mall")).put("send", true));
    JsonObject over = over();
    assertThat(letters(over))
        .extracting(letter -> letter.getString("receiver") + " " + letter.getString("fate"))
        .containsExactlyInAnyOrder(
            "chat arrived", "chat arrived", "phone arrived", "phone arrived");
    List<JsonObject> slack = sent("/api/.*");
    // The message, its change and its entry in the thread.
    assertThat(slack)
        .hasSize(3)
        .allSatisfy(
            message -> {
              assertThat(message.getString("text")).contains("[DRILL] nothing is broken");
              assertThat(message.getJsonArray("blocks").encode()).contains("[DRILL]");
              assertThat(message.encode()).doesNotContain("parallax_acknowledge", PAGE);
            });
    assertThat(slack.getFirst().encode()).contains("Parallax drill-", "wiki.example.com/mall");
    List<JsonObject> telegram = sent("/bot.*");
    assertThat(telegram)
        .hasSize(2)
        .allSatisfy(
            message -> {
              assertThat(message.getString("text")).contains("[DRILL]【訓練】実際の障害ではない");
              assertThat(message.encode()).doesNotContain("reply_markup", PAGE);
            });
    String incident = letters(over).getFirst().getString("incident");
    assertThat(incident).startsWith("drill-");
    assertThat(web.get("/api/v1/incidents/" + incident).statusCode()).isEqualTo(404);
    assertThat(web.post("/api/v1/incidents/" + incident + "/acknowledge", "{}").statusCode())
        .isEqualTo(404);
  }

  private List<JsonObject> sent(String path) {
    return receiver.findAll(postRequestedFor(urlPathMatching(path))).stream()
        .map(request -> new JsonObject(request.getBodyAsString()))
        .toList();
  }

  @Test
  void aDrillThatIsStoppedTellsWhoeverWasToldThatItIsOver() {
    // In its own pace it takes hours; its lead-in takes no time, and the fault is told at 1000.
    begun(
        new JsonObject()
            .put("faults", new JsonArray().add("target=shop,for=12h"))
            .put("send", true)
            .put("pace", 1000));
    Waiting.until("told", () -> !received().isEmpty());
    assertThat(web.json("/api/v1/status").getJsonObject("drill").getString("title"))
        .isEqualTo("target=shop,for=12h");
    assertThat(web.get("/").body()).contains("[DRILL] A drill goes on", "letters are sent");
    assertThat(web.post(DRILL, "{\"faults\": [\"target=blog\"]}").statusCode()).isEqualTo(409);
    assertThat(web.send("DELETE", DRILL).statusCode()).isEqualTo(200);
    JsonObject over = over();
    assertThat(over.getString("why")).isEqualTo("stopped by local");
    assertThat(letters(over))
        .last()
        .satisfies(
            letter -> {
              assertThat(letter.getString("kind")).isEqualTo("resolved");
              assertThat(letter.getString("headline")).startsWith("[DRILL] The drill is over.");
              assertThat(letter.getString("fate")).isEqualTo("arrived");
            });
    assertThat(received())
        .last()
        .satisfies(letter -> assertThat(letter.getString("kind")).isEqualTo("resolved"));
    assertThat(web.json("/api/v1/status").getValue("drill")).isNull();
    // A page that many read is made once a moment.
    Waiting.until("gone from the page", () -> !web.get("/").body().contains("DRILL"));
    assertThat(web.send("DELETE", DRILL).statusCode()).isEqualTo(409);
  }

  @Test
  void whatDoesNotArriveIsSaid() {
    receiver.stubFor(post(urlEqualTo(HOOK)).willReturn(aResponse().withStatus(410)));
    begun(new JsonObject().put("faults", new JsonArray().add("target=shop")).put("send", true));
    assertThat(letters(over()))
        .isNotEmpty()
        .allSatisfy(
            letter -> {
              assertThat(letter.getString("fate")).isEqualTo("lost");
              assertThat(letter.getString("lost")).contains("410");
            });
  }

  @Test
  void whatDoesNotArriveAtOnceIsTriedAgain() {
    receiver.stubFor(
        post(urlEqualTo(HOOK))
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(503))
            .willSetStateTo("idle"));
    begun(new JsonObject().put("faults", new JsonArray().add("target=shop")).put("send", true));
    assertThat(letters(over()))
        .hasSize(2)
        .allSatisfy(letter -> assertThat(letter.getString("fate")).isEqualTo("arrived"));
    assertThat(received())
        .extracting(letter -> letter.getString("kind"))
        .containsExactly("opened", "opened", "resolved");
  }
}
