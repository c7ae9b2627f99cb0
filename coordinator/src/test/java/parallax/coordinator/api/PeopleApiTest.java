package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.observation.Outcome;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;
import parallax.config.target.Heartbeat;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.notebook.Heard;
import parallax.coordinator.notebook.PlainText;
import parallax.coordinator.notify.http.testing.Hostile;
import parallax.coordinator.store.Room;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Courses;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** What people do by the API, and who may. */
final class PeopleApiTest {
  private static final String ONE = "/api/v1/incidents/abc";
  private static final String SILENCE =
      "{\"match\": {\"team\": [\"shop\", \"desk\"], \"env\": \"~prod|st.*\"},"
          + " \"duration\": \"2h\", \"reason\": \"upgrade\"}";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final AtomicReference<Instant> now = new AtomicReference<>(Examples.NOON);
  private final AtomicReference<Standing> standing = new AtomicReference<>(new Standing.Leads());
  private Store store;
  private ApiServer server;
  private OpenApi description;
  private WebClient web;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown, store, page, System::nanoTime, now::get, standing::get, Optional.empty()));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    description = OpenApi.parse(web.get("/openapi.yaml").body());
    record(incident());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private static Incident incident() {
    return Judged.incident(
        "abc",
        List.of(Examples.target("shop").name()),
        Scope.UNCONFIRMED,
        Examples.cause(),
        Examples.NOON.minusSeconds(5),
        Examples.NOON,
        List.of(
            Examples.evidence("shop", Examples.REFUSED, Examples.NOON),
            Examples.evidence("shop", Outcome.up(), Examples.NOON)));
  }

  private void record(Incident incident) {
    store.record(
        store.takeOver(),
        List.of(
            new Effect.IncidentChanged(incident),
            new Effect.Tell(new Notice(Notice.Kind.OPENED, incident, List.of("ops")))),
        now.get());
  }

  /** What was answered, which has to be as it is described. */
  private JsonObject json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    String method = response.request().method().toLowerCase(Locale.ROOT);
    if (status != 413) {
      assertThat(
              description.faults(
                  method,
                  described(response.uri().getRawPath()),
                  status,
                  type.split(";", 2)[0],
                  response.body()))
          .isEmpty();
    }
    return new JsonObject(response.body());
  }

  private static String described(String path) {
    return path.replaceFirst("/incidents/[^/]+", "/incidents/{id}")
        .replaceFirst("/silences/[^/]+", "/silences/{id}")
        .replaceFirst("/heartbeats/.+", "/heartbeats/{name}");
  }

  private void isAsDescribed(String path, String sent) {
    HttpResponse<String> response = web.get(sent);
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    assertThat(description.faults(path, response.statusCode(), type, response.body())).isEmpty();
  }

  @Test
  void notesAndAcknowledgementsStandInTheTimelineWithWhoWroteThem() {
    now.set(Examples.NOON.plusSeconds(60));
    JsonObject note = json(web.post(ONE + "/notes", "{\"text\": \"looking\\ninto it\"}"), 201);
    assertThat(note.getString("who")).isEqualTo("local");
    assertThat(note.getString("event")).isEqualTo("note");
    assertThat(note.getString("at")).isEqualTo("2026-03-01T12:01:00Z");
    assertThat(web.json(ONE).getJsonObject("acknowledged")).isNull();

    JsonObject first =
        json(web.post(ONE + "/acknowledge", "{\"who\": \"alice\", \"note\": \"mine\"}"), 200);
    assertThat(first.getString("who")).isEqualTo("alice (via local)");
    assertThat(json(web.send("POST", ONE + "/acknowledge"), 200)).isEqualTo(first);
    assertThat(web.json(ONE).getJsonObject("acknowledged").encode())
        .isEqualTo(
            "{\"at\":\"2026-03-01T12:01:00Z\",\"who\":\"alice (via local)\",\"note\":\"mine\"}");
    assertThat(events(web.json(ONE)))
        .containsExactly("onset", "opened", "published", "note", "acknowledged");
    assertThat(store.isAudited("incident acknowledged", "abc, entry 4", Examples.NOON)).isTrue();
    isAsDescribed("/api/v1/incidents/{id}", ONE);

    record(Judged.resolved(incident(), now.get()));
    json(web.send("POST", ONE + "/acknowledge"), 409);
    json(web.post(ONE + "/notes", "{\"text\": \"afterwards\"}"), 201);
    record(Courses.reopened(incident()));
    assertThat(web.json(ONE).getJsonObject("acknowledged")).isNull();
    json(web.send("POST", ONE + "/acknowledge"), 200);
  }

  private static List<String> events(JsonObject incident) {
    return incident.getJsonArray("timeline").stream()
        .map(line -> ((JsonObject) line).getString("event"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/incidents/abc/notes       | {}                              | 400 | text is needed
          /api/v1/incidents/abc/notes       | {"text": " "}                   | 400 | text is needed
          /api/v1/incidents/abc/notes       | {"text": 7}                     | 400 | text must be text
          /api/v1/incidents/abc/notes       | {"text": "a", "txt": "b"}       | 400 | unknown field txt
          /api/v1/incidents/abc/notes       | [1]                             | 400 | must be a JSON object
          /api/v1/incidents/abc/notes       | {                               | 400 | must be a JSON object
          /api/v1/incidents/none/notes      | {"text": "a"}                   | 404 | no incident of this id
          /api/v1/incidents/none/acknowledge| {}                              | 404 | no incident of this id
          /api/v1/silences                  | {"match": {"a": "b"}, "duration": "1h"}                    | 400 | reason is needed
          /api/v1/silences                  | {"reason": "r"}                 | 400 | match must be an object
          /api/v1/silences                  | {"reason": "r", "match": {}}    | 400 | match must be an object
          /api/v1/silences                  | {"reason": "r", "match": {"a": "b"}}                       | 400 | one of until and duration
          /api/v1/silences                  | {"reason": "r", "match": {"a": 1}, "duration": "1h"}       | 400 | match.a must be a text
          /api/v1/silences                  | {"reason": "r", "match": {"a": "~("}, "duration": "1h"}    | 400 | not a regular expression
          /api/v1/silences                  | {"reason": "r", "match": {"a": "b"}, "duration": "31d"}    | 400 | duration must be written like
          /api/v1/silences                  | {"reason": "r", "match": {"a": "b"}, "duration": "soon"}   | 400 | duration must be written like
          /api/v1/silences                  | {"reason": "r", "match": {"a": "b"}, "until": "2026-01-01T00:00:00Z"} | 400 | ends after it begins
          /api/v1/silences                  | {"reason": "r", "match": {"a": "b"}, "until": "tomorrow"}  | 400 | until must be an instant
          """)
  void whatCannotBeDoneSaysWhy(String path, String body, int status, String detail) {
    HttpResponse<String> response = web.post(path, body);
    assertThat(json(response, status).getString("detail")).contains(detail);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void whatIsTooLongOrOfAnotherTypeIsRefused() {
    String text = "x".repeat(PlainText.MAX_TEXT + 1);
    json(web.post(ONE + "/notes", new JsonObject().put("text", text).encode()), 400);
    String longest = "ä".repeat(PlainText.MAX_TEXT);
    json(web.post(ONE + "/notes", new JsonObject().put("text", longest).encode()), 201);
    json(web.post(ONE + "/notes", "\"" + "x".repeat(70_000) + "\""), 413);
    HttpResponse<String> plain = web.postAs("text/plain", ONE + "/notes", "{\"text\": \"a\"}");
    assertThat(json(plain, 415).getString("detail")).contains("application/json");
    for (String method : List.of("GET", "PUT", "DELETE")) {
      HttpResponse<String> refused = web.send(method, ONE + "/notes");
      assertThat(refused.statusCode()).isEqualTo(405);
      assertThat(refused.headers().firstValue("Allow")).contains("POST");
    }
    assertThat(web.send("PUT", "/api/v1/silences").headers().firstValue("Allow"))
        .contains("GET, HEAD, POST");
  }

  @Test
  void hostileTextsComeBackAsTextInEveryForm() {
    for (String text : Hostile.TEXTS) {
      String hostile = text.substring(0, Math.min(PlainText.MAX_NAME, text.length()));
      JsonObject body = new JsonObject().put("text", "x " + hostile).put("who", hostile);
      JsonObject kept = json(web.post(ONE + "/notes", body.encode()), 201);
      assertThat(kept.getString("text"))
          .startsWith("x")
          .doesNotContainPattern("[\\p{Cc}&&[^\\n\\t]]|[\u202a-\u202e\u2066-\u2069]");
      assertThat(kept.getString("who")).containsPattern("^[^\\p{Cc}]*local[)]?$");
    }
    assertThat(web.json(ONE + "/export?format=json").getJsonArray("timeline"))
        .hasSize(3 + Hostile.TEXTS.size());
    isAsDescribed("/api/v1/incidents/{id}", ONE);
    assertThat(web.get(ONE + "/export").statusCode()).isEqualTo(200);
  }

  @Test
  void aSilenceIsMadeListedAndEnded() {
    HttpResponse<String> made = web.post("/api/v1/silences", SILENCE);
    JsonObject silence = json(made, 201);
    String path = "/api/v1/silences/" + silence.getString("id");
    assertThat(made.headers().firstValue("Location")).contains(path);
    assertThat(silence.getString("state")).isEqualTo("active");
    assertThat(silence.getJsonObject("match").encode())
        .isEqualTo("{\"team\":[\"shop\",\"desk\"],\"env\":\"~prod|st.*\"}");
    assertThat(silence.getString("until")).isEqualTo("2026-03-01T14:00:00Z");
    assertThat(silence.getString("who")).isEqualTo("local");
    assertThat(store.silences(Examples.NOON)).hasSize(1);
    json(
        web.post(
            "/api/v1/silences",
            "{\"match\": {\"target\": \"shop\"}, \"from\": \"2026-03-02T00:00:00Z\","
                + " \"until\": \"2026-03-03T00:00:00+01:00\", \"reason\": \"later\"}"),
        201);
    isAsDescribed("/api/v1/silences", "/api/v1/silences");

    now.set(Examples.NOON.plusSeconds(60));
    JsonObject ended = json(web.send("DELETE", path), 200);
    assertThat(ended.getString("state")).isEqualTo("over");
    assertThat(ended.getString("ended")).isEqualTo("2026-03-01T12:01:00Z");
    assertThat(json(web.send("DELETE", path), 200)).isEqualTo(ended);
    json(web.send("DELETE", "/api/v1/silences/none"), 404);
    JsonArray left = web.json("/api/v1/silences").getJsonArray("items");
    assertThat(left).hasSize(1);
    assertThat(left.getJsonObject(0).getString("state")).isEqualTo("pending");
    assertThat(web.json("/api/v1/silences?since=2026-03-01T12:00:30Z").getJsonArray("items"))
        .hasSize(2);
  }

  private static ApiToken token(String name, Role role) {
    return new ApiToken(name, Secret.of("secret-of-" + name + "-0123456789"), role);
  }

  private static String[] as(String name) {
    return new String[] {"Authorization", "Bearer secret-of-" + name + "-0123456789"};
  }

  @Test
  void whoShowsATokenMayDoWhatItsRoleSays() {
    shown.admits(
        token("eye", Role.VIEWER),
        token("night", Role.RESPONDER),
        token("ops", Role.OPERATOR),
        token("root", Role.ADMIN));
    String note = "{\"text\": \"a\"}";
    HttpResponse<String> nobody = web.post(ONE + "/notes", note);
    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    json(web.post(ONE + "/notes", note, as("other")), 401);
    json(web.post(ONE + "/notes", note, "Authorization", "Basic c2VjcmV0"), 401);
    json(web.post(ONE + "/notes", note, as("eye")), 403);
    assertThat(json(web.post(ONE + "/notes", note, as("night")), 201).getString("who"))
        .isEqualTo("night");
    String forAlice = "{\"text\": \"a\", \"who\": \"alice\"}";
    assertThat(json(web.post(ONE + "/notes", forAlice, as("ops")), 201).getString("who"))
        .isEqualTo("alice (via ops)");
    json(web.post("/api/v1/silences", SILENCE, as("night")), 403);
    json(web.post("/api/v1/silences", SILENCE, as("ops")), 201);
    json(web.post("/api/v1/silences", SILENCE, as("root")), 201);
    assertThat(web.get(ONE).statusCode()).isEqualTo(401);
    assertThat(web.get(ONE, as("eye")).statusCode()).isEqualTo(200);
  }

  @Test
  void withoutTokensOnlyWhoIsHereMayDoSomethingAndNoPageInABrowser() {
    String note = "{\"text\": \"a\"}";
    json(web.post(ONE + "/notes", note, "X-Forwarded-For", "192.0.2.1"), 401);
    json(web.post(ONE + "/notes", note, "Forwarded", "for=192.0.2.1"), 401);
    json(web.post(ONE + "/notes", note, "Origin", "https://evil.example"), 403);
    json(web.post(ONE + "/notes", note, "Origin", "null"), 403);
    assertThat(web.rawStatus("POST " + ONE + "/acknowledge", "Host: evil.example")).isEqualTo(401);
    assertThat(web.upgrading("POST", ONE + "/acknowledge")).isEqualTo(200);
    assertThat(web.rawStatus("POST " + ONE + "/acknowledge", "Host: localhost:1")).isEqualTo(200);
    assertThat(web.rawStatus("POST " + ONE + "/acknowledge", "Host: [::1]:8080")).isEqualTo(200);
  }

  @Test
  void aJobSaysThatItIsAliveOrThatItFailed() {
    Target plain = Examples.target("shop");
    Target job =
        new Target(
            new TargetName("nightly/backup"),
            Optional.empty(),
            plain.labels(),
            Duration.ofHours(1),
            List.of(),
            List.of(),
            Optional.of(new Heartbeat(Duration.ofHours(1), Duration.ZERO)));
    shown.show(
        List.of(
            new TargetView(
                job,
                Examples.verdict("nightly/backup", TargetState.UP, Examples.NOON),
                List.of(),
                UptimeHistory.EMPTY,
                Optional.empty())));
    String path = "/api/v1/heartbeats/nightly%2Fbackup";
    assertThat(json(web.send("POST", path), 200).getString("status")).isEqualTo("ok");
    String failed = "{\"status\": \"fail\", \"detail\": \"disk\\nfull\"}";
    assertThat(json(web.post("/api/v1/heartbeats/nightly/backup", failed), 200).getString("detail"))
        .isEqualTo("disk full");
    assertThat(store.heartbeats())
        .containsExactly(new Heard("nightly/backup", Examples.NOON, "local", true, "disk full"));
    json(web.post(path, "{\"status\": \"maybe\"}"), 400);
    json(web.send("POST", "/api/v1/heartbeats/shop"), 404);
    json(web.send("POST", "/api/v1/heartbeats/%20"), 404);
    assertThat(web.get(path).statusCode()).isEqualTo(405);
    isAsDescribed("/api/v1/targets/{name}", "/api/v1/targets/nightly/backup");
  }

  @Test
  void everyCoordinatorTakesItWhoeverLeads() {
    standing.set(new Standing.Waits("nobody leads"));
    json(web.post(ONE + "/notes", "{\"text\": \"a\"}"), 201);
    json(web.post("/api/v1/silences", SILENCE), 201);
    assertThat(web.json("/api/v1/silences").getJsonArray("items")).hasSize(1);
    assertThat(events(web.json(ONE))).contains("note");
    assertThat(web.get(ONE + "/export").statusCode()).isEqualTo(200);
    assertThat(web.get("/api/v1/targets").statusCode()).isEqualTo(503);
  }

  @Test
  void theDraftSaysWhatWhyForHowLongAndWhoWasTold() {
    store.claim(now.get(), Duration.ofSeconds(30), Room.of(9));
    store.delivered("abc:OPENED:ops", Examples.NOON.plusSeconds(2));
    json(web.post(ONE + "/acknowledge", "{\"who\": \"alice\"}"), 200);
    now.set(Examples.NOON.plusSeconds(595));
    record(Judged.resolved(incident(), now.get()));
    HttpResponse<String> markdown = web.get(ONE + "/export");
    assertThat(markdown.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/markdown");
    assertThat(markdown.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("incident-abc.md");
    assertThat(markdown.body())
        .contains(
            "- **Duration**: 10m\n",
            "## What spoke for it\n\n- ",
            "## What spoke against it\n\n- ",
            "- ops, opened: 2026-03-01T12:00:02Z, 7s after the first sign\n",
            "acknowledged, alice \\(via local\\): takes care of it\n");
    JsonObject draft = web.json(ONE + "/export?format=json");
    assertThat(draft.getInteger("durationSeconds")).isEqualTo(600);
    assertThat(draft.getJsonArray("evidence")).hasSize(1);
    assertThat(draft.getJsonArray("against")).hasSize(1);
    assertThat(draft.getJsonArray("told").getJsonObject(0).getDouble("delaySeconds")).isEqualTo(7);
    isAsDescribed("/api/v1/incidents/{id}/export", ONE + "/export?format=json");
    assertThat(web.get(ONE + "/export?format=pdf").statusCode()).isEqualTo(400);
    assertThat(web.get("/api/v1/incidents/none/export").statusCode()).isEqualTo(404);
  }
}
