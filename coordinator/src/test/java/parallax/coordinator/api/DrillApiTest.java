package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.replay.Replay;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** Drills by HTTP: who may, what is refused, and that answers are as they are described. */
final class DrillApiTest {
  private static final String PATH = "/api/v1/drill";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final AtomicReference<Standing> standing = new AtomicReference<>(new Standing.Leads());
  private Store store;
  private ApiServer server;
  private OpenApi description;
  private WebClient web;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    shown.show(
        List.of(
            new TargetView(
                Examples.target("shop"),
                Examples.verdict("shop", TargetState.UP, Examples.NOON),
                List.of(),
                UptimeHistory.EMPTY,
                Optional.empty())));
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown,
                store,
                new MetricsPage(shown, new CheckDurations(), meters, List.of()),
                System::nanoTime,
                InstantSource.fixed(Examples.NOON),
                standing::get,
                Optional.empty()));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    description = OpenApi.parse(web.get("/openapi.yaml").body());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  /** What was answered, which has to be as it is described. */
  private JsonObject json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    String type = response.headers().firstValue("Content-Type").orElseThrow().split(";", 2)[0];
    String method = response.request().method().toLowerCase(Locale.ROOT);
    String path = response.uri().getRawPath();
    assertThat(description.faults(method, path, status, type, response.body())).isEmpty();
    return new JsonObject(response.body());
  }

  private static String scenario() throws IOException {
    Path folder = Path.of(Objects.requireNonNull(Replay.class.getResource("scenarios")).getPath());
    return Files.readString(folder.resolve("small-fleet-global.yaml"));
  }

  @Test
  void aDrillIsBegunShownAndStoppedAsItIsDescribed() throws IOException {
    json(web.get(PATH), 404);
    json(web.get("/api/v1/status"), 200);
    JsonObject order = new JsonObject().put("scenario", scenario()).put("pace", 1);
    JsonObject begun = json(web.post(PATH, order.encode()), 201);
    assertThat(begun.getString("state")).isEqualTo("running");
    assertThat(begun.getString("who")).isEqualTo("local");
    assertThat(json(web.get("/api/v1/status"), 200).getJsonObject("drill").getString("id"))
        .isEqualTo(begun.getString("id"));
    assertThat(json(web.post(PATH, order.encode()), 409).getString("detail"))
        .contains("small-fleet-global", "local");
    json(web.send("DELETE", PATH), 200);
    Waiting.until("over", () -> web.json(PATH).getString("state").equals("over"));
    json(web.get(PATH), 200);
    json(web.send("DELETE", PATH), 409);
    assertThat(json(web.get("/api/v1/status"), 200).getValue("drill")).isNull();
  }

  @Test
  void whoIsToldOfAScenarioIsAsItIsDescribed() throws IOException {
    json(web.post(PATH, new JsonObject().put("scenario", scenario()).encode()), 201);
    Waiting.until("over", () -> web.json(PATH).getString("state").equals("over"));
    JsonObject over = json(web.get(PATH), 200);
    // There are no receivers, so nobody is told of what there is to tell.
    assertThat(over.getJsonArray("letters")).isEmpty();
    assertThat(over.getJsonArray("nobody")).isNotEmpty();
    assertThat(over.getJsonArray("incidents")).isNotEmpty();
  }

  @Test
  void onlyAdminsBeginAndStopDrills() {
    shown.admits(
        new ApiToken("ops", Secret.of("0123456789abcdef"), Role.OPERATOR),
        new ApiToken("boss", Secret.of("fedcba9876543210"), Role.ADMIN));
    String fault = "{\"faults\": [\"target=shop\"]}";
    json(web.post(PATH, fault), 401);
    json(web.post(PATH, fault, "Authorization", "Bearer 0123456789abcdef"), 403);
    json(web.send("DELETE", PATH, "Authorization", "Bearer 0123456789abcdef"), 403);
    // Nobody has looked at anything yet.
    assertThat(
            json(web.post(PATH, fault, "Authorization", "Bearer fedcba9876543210"), 409)
                .getString("detail"))
        .contains("no probe has been heard");
    json(web.get(PATH, "Authorization", "Bearer 0123456789abcdef"), 404);
  }

  @Test
  void onlyTheCoordinatorThatLeadsHasDrills() {
    standing.set(new Standing.Waits("nobody leads"));
    json(web.post(PATH, "{\"faults\": [\"target=shop\"]}"), 503);
    json(web.get(PATH), 503);
    json(web.send("DELETE", PATH), 503);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                             | one of scenario and faults
          {"scenario": "a", "faults": ["target=a"]}                      | one of scenario and faults
          {"scenario": "a: 1"}                                           | scenario.yaml:1:
          {"faults": []}                                                 | faults must be a text or a list
          {"faults": ["planet=mars"]}                                    | none of KEY=VALUE
          {"faults": ["target=a"], "pace": 0}                            | pace must be a whole number
          {"faults": ["target=a"], "pace": "fast"}                       | pace must be a whole number
          {"faults": ["target=a"], "send": "yes"}                        | send must be true or false
          {"faults": ["target=a"], "length": "13h"}                      | length must be written like
          {"faults": ["target=a"], "labels": {"a": "b"}}                 | labels are of a scenario
          {"faults": ["target=a"], "begin": "soon"}                      | begin must be an instant
          {"faults": ["target=a"], "begin": "2026-01-01T00:00:00Z", "send": true} | begin is for what
          {"faults": ["target=a"], "real": true}                         | unknown field real
          """)
  void whatMakesNoSenseSaysWhy(String body, String detail) {
    assertThat(json(web.post(PATH, body), 400).getString("detail")).contains(detail);
  }
}
