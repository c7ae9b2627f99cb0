package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.policy.Severity;
import parallax.config.report.ReportRules;
import parallax.config.runbook.Action;
import parallax.config.runbook.Automatic;
import parallax.config.runbook.Runbook;
import parallax.config.runbook.Runbook.CauseMatch;
import parallax.config.secret.Secret;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.report.ReportGate;
import parallax.coordinator.runbook.execute.Runner;
import parallax.coordinator.runbook.local.LocalCommand;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** Runbooks and reports of users by the API. */
final class RunbookApiTest {
  private static final String ONE = "/api/v1/incidents/abc";
  private static final String BOOK = ONE + "/runbooks/shop-down";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final AtomicReference<Instant> now = new AtomicReference<>(Examples.NOON);
  private final AtomicLong nanos = new AtomicLong();
  private Store store;
  private Runner runner;
  private ApiServer server;
  private OpenApi description;
  private WebClient web;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    runner =
        new Runner(
            new Runner.Ports(
                store,
                now::get,
                System::nanoTime,
                new LocalCommands(
                    List.of(
                        command("say", "echo said $PARALLAX_INCIDENT"),
                        command("wait", "while [ ! -e go ]; do sleep 0.05; done"))),
                "1.2.3"));
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown,
                store,
                page,
                nanos::get,
                now::get,
                Standing.Leads::new,
                Optional.empty(),
                runner));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    description = OpenApi.parse(web.get("/openapi.yaml").body());
    record(incident());
    shown.show(
        List.of(
            new TargetView(
                Examples.target("shop"),
                Examples.verdict("shop", TargetState.DOWN, Examples.NOON),
                List.of(),
                UptimeHistory.EMPTY,
                Optional.empty())));
    shown.configured(
        List.of(
            runbook("shop-down", Map.of("team", "web"), "say", "wait", "rm"),
            runbook("desk-down", Map.of("team", "desk"), "say"),
            runbook("read", Map.of())),
        ReportRules.USUAL);
  }

  @AfterEach
  void stop() {
    server.close();
    runner.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private LocalCommand command(String name, String script) {
    return new LocalCommand(name, List.of("/bin/sh", "-c", script), LONG, Optional.of(folder));
  }

  private static Runbook runbook(String name, Map<String, String> match, String... commands) {
    Automatic rules =
        new Automatic(
            Set.of(),
            Set.of(Severity.CRITICAL),
            LONG,
            Automatic.USUAL_COOLDOWN,
            Automatic.Most.USUAL);
    List<Action> actions =
        List.of(commands).stream()
            .map(
                command ->
                    new Action(
                        command,
                        new Action.Work.Command(command),
                        command.equals("say") ? Optional.of(rules) : Optional.empty()))
            .toList();
    return new Runbook(
        name,
        new TreeMap<>(match),
        CauseMatch.ANY,
        Optional.of("1. Look.\n2. Roll back."),
        Optional.of(URI.create("https://wiki.example.com/" + name + "#now")),
        actions);
  }

  private static Incident incident() {
    return Judged.incident(
        "abc",
        List.of(Examples.target("shop").name()),
        Scope.GLOBAL,
        Examples.cause(),
        Examples.NOON.minusSeconds(5),
        Examples.NOON,
        List.of(Examples.evidence("shop", Examples.REFUSED, Examples.NOON)));
  }

  private void record(Incident incident) {
    store.record(store.takeOver(), List.of(new Effect.IncidentChanged(incident)), now.get());
  }

  /** What was answered, which has to be as it is described. */
  private JsonObject json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    String type = response.headers().firstValue("Content-Type").orElseThrow();
    String path =
        response
            .uri()
            .getRawPath()
            .replaceFirst("/incidents/[^/]+", "/incidents/{id}")
            .replaceFirst("/runbooks/[^/]+", "/runbooks/{name}")
            .replaceFirst("/targets/[^/]+", "/targets/{name}");
    String method = response.request().method().toLowerCase(Locale.ROOT);
    assertThat(description.faults(method, path, status, type.split(";", 2)[0], response.body()))
        .isEmpty();
    return new JsonObject(response.body());
  }

  private static List<JsonObject> objects(JsonObject json, String field) {
    return json.getJsonArray(field).stream().map(JsonObject.class::cast).toList();
  }

  private JsonObject runbooks() {
    return json(web.get(ONE + "/runbooks"), 200);
  }

  private void settled() {
    Waiting.until(
        "the end of all runs",
        () ->
            objects(runbooks(), "runs").stream()
                .noneMatch(run -> run.getString("state").equals("running")));
  }

  @Test
  void peopleRunAnActionByAFormAfterTheyWereAsked() {
    shown.admits(new ApiToken("oncall", Secret.of("oncall-0123456789"), Role.RESPONDER));
    Browser alice = new Browser(web);
    assertThat(alice.signIn("oncall-0123456789", "who", "alice").statusCode()).isEqualTo(303);
    String page = "/incidents/abc";
    String place = page + "/runbooks/shop-down";
    assertThat(alice.get(page).body())
        .contains("action=\"" + place + "\"")
        .contains("name=\"action\" value=\"say\"");
    HttpResponse<String> asked = alice.fill(page, place, "action", "say", "step", "try");
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(asked.body())
        .contains("It would:")
        .contains("Nothing was done yet")
        .doesNotContain("<script")
        .contains("name=\"step\" value=\"run\"");
    assertThat(store.runs().runs(incident().id())).isEmpty();
    HttpResponse<String> run =
        alice.post(place, Browser.token(asked.body()), "action", "say", "step", "run");
    assertThat(run.statusCode()).as(run.body()).isEqualTo(303);
    Waiting.until(
        "the end of the run",
        () -> store.runs().runs(incident().id()).stream().anyMatch(each -> each.end().isPresent()));
    assertThat(store.runs().runs(incident().id()).getFirst().who()).isEqualTo("alice (via oncall)");
    HttpResponse<String> forbidden = alice.fill(page, place, "action", "rm", "step", "try");
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(forbidden.body()).contains("class=\"problem\"");
  }

  @Test
  void theRunbooksOfAnIncidentAreToldWithWhatThisMachineAllows() {
    List<JsonObject> items = objects(runbooks(), "items");
    assertThat(items)
        .extracting(item -> item.getString("name"))
        .containsExactly("shop-down", "read");
    assertThat(objects(items.getFirst(), "actions"))
        .extracting(action -> action.getBoolean("allowed"))
        .containsExactly(true, true, false);
    JsonObject incident = json(web.get(ONE), 200);
    assertThat(objects(incident, "runbooks").getFirst().encode())
        .isEqualTo("{\"name\":\"shop-down\",\"link\":\"https://wiki.example.com/shop-down#now\"}");
    json(web.get("/api/v1/incidents/none/runbooks"), 404);
  }

  @Test
  void anActionIsRunByHandAndTheNotebookTellsIt() {
    JsonObject run = json(web.post(BOOK, "{\"action\": \"say\", \"who\": \"alice\"}"), 202);
    assertThat(run.getString("state")).isEqualTo("running");
    settled();
    JsonObject ended = objects(runbooks(), "runs").getFirst();
    assertThat(ended.getString("state")).isEqualTo("done");
    assertThat(ended.getString("who")).isEqualTo("alice (via local)");
    assertThat(ended.getString("said")).endsWith("said abc");
    List<JsonObject> actions =
        objects(json(web.get(ONE), 200), "timeline").stream()
            .filter(line -> line.getString("event").equals("action"))
            .toList();
    assertThat(actions)
        .extracting(line -> line.getString("who"))
        .containsExactly("alice (via local)", "runbook:shop-down");
    assertThat(web.get(ONE + "/export").body())
        .contains("runbook shop-down, action say: started")
        .contains("said abc");
  }

  @Test
  void aDryRunDoesNothing() {
    JsonObject would = json(web.post(BOOK, "{\"action\": \"say\", \"dry_run\": true}"), 200);
    assertThat(would.getString("would")).startsWith("command say (/bin/sh with 2 arguments)");
    assertThat(objects(runbooks(), "runs")).isEmpty();
    assertThat(web.get(ONE).body()).contains("dry run, nothing was done");
  }

  @Test
  void aSecondRunIsAConflictAndWhatIsForbiddenIsRefused() throws Exception {
    json(web.post(BOOK, "{\"action\": \"wait\"}"), 202);
    assertThat(json(web.post(BOOK, "{\"action\": \"wait\"}"), 409).getString("detail"))
        .startsWith("it runs already");
    assertThat(json(web.post(BOOK, "{\"action\": \"rm\"}"), 403).getString("detail"))
        .contains("not in the file of commands");
    Files.createFile(folder.resolve("go"));
    settled();
    json(web.post(BOOK, "{\"action\": \"wait\"}"), 202);
    settled();
  }

  @Test
  void whatCannotBeRunSaysWhy() {
    assertThat(json(web.send("POST", BOOK), 400).getString("detail"))
        .isEqualTo("action must be one of say, wait, rm");
    json(web.post(BOOK, "{\"action\": \"nothing\"}"), 400);
    json(web.post(BOOK, "{\"action\": \"say\", \"dry_run\": \"yes\"}"), 400);
    json(web.post(BOOK, "{\"action\": \"say\", \"force\": true}"), 400);
    assertThat(json(web.send("POST", ONE + "/runbooks/read"), 400).getString("detail"))
        .contains("for people to read");
    json(web.send("POST", ONE + "/runbooks/desk-down"), 404);
    json(web.send("POST", ONE + "/runbooks/none"), 404);
    json(web.send("POST", "/api/v1/incidents/none/runbooks/shop-down"), 404);
    assertThat(web.send("GET", BOOK).headers().firstValue("Allow")).contains("POST");
    record(Judged.resolved(incident(), now.get()));
    json(web.post(BOOK, "{\"action\": \"say\"}"), 409);
  }

  @Test
  void whoMayNotAcknowledgeMayNotRun() {
    shown.admits(
        new ApiToken("reader", Secret.of("reader-0123456789"), Role.VIEWER),
        new ApiToken("oncall", Secret.of("oncall-0123456789"), Role.RESPONDER));
    assertThat(web.post(BOOK, "{}").statusCode()).isEqualTo(401);
    assertThat(web.post(BOOK, "{}", "Authorization", "Bearer reader-0123456789").statusCode())
        .isEqualTo(403);
    // It has several actions, and none is named.
    assertThat(web.post(BOOK, "{}", "Authorization", "Bearer oncall-0123456789").statusCode())
        .isEqualTo(400);
  }

  @Test
  void whatUsersReportIsShownAndDecidesNothing() {
    JsonObject report =
        json(
            web.post(
                "/api/v1/reports",
                "{\"target\": \"shop\", \"region\": \"tokyo\", \"text\": \"no\\ncart\\u202e\"}"),
            201);
    assertThat(report.getString("text")).isEqualTo("no cart\ufffd");
    JsonObject target = json(web.get("/api/v1/targets/shop"), 200).getJsonObject("reports");
    assertThat(target.getInteger("last15Minutes")).isEqualTo(1);
    assertThat(target.getInteger("lastDay")).isEqualTo(1);
    now.set(Examples.NOON.plusSeconds(60));
    JsonObject incident = json(web.get(ONE), 200);
    assertThat(incident.getJsonObject("reports").getString("summary"))
        .isEqualTo("1 person reported it in the last 15 minutes");
    assertThat(objects(incident, "timeline").getLast().getString("text"))
        .isEqualTo("shop is down for somebody in tokyo: no cart\ufffd");
    assertThat(web.get(ONE + "/export").body()).contains("is down for somebody in tokyo");
    assertThat(store.incidents(Optional.of(true), Optional.empty(), 9).items()).hasSize(1);
  }

  @Test
  void whoReportsAgainIsAskedToComeBack() {
    String shop = "{\"target\": \"shop\"}";
    json(web.post("/api/v1/reports", shop), 201);
    HttpResponse<String> again = web.post("/api/v1/reports", shop);
    json(again, 429);
    assertThat(again.headers().firstValue("Retry-After"))
        .contains(Long.toString(ReportGate.ONCE_IN.toSeconds() + 1));
    nanos.addAndGet(ReportGate.ONCE_IN.toNanos());
    json(web.post("/api/v1/reports", shop), 201);
    json(web.post("/api/v1/reports", "{\"target\": \"none\"}"), 404);
    json(web.post("/api/v1/reports", "{\"target\": \"shop\", \"region\": \"To kyo\"}"), 400);
    json(web.post("/api/v1/reports", "{}"), 400);
  }

  @Test
  void reportsAreForThoseWithATokenUnlessTheyArePublic() {
    String shop = "{\"target\": \"shop\"}";
    // As a proxy would hand it on: nobody on this machine.
    String[] elsewhere = {"X-Forwarded-For", "192.0.2.1"};
    assertThat(web.post("/api/v1/reports", shop, elsewhere).statusCode()).isEqualTo(401);
    shown.configured(List.of(), new ReportRules(true));
    json(web.post("/api/v1/reports", shop, elsewhere), 201);
    HttpResponse<String> byAPage =
        web.post("/api/v1/reports", shop, "Origin", "https://evil.example");
    assertThat(byAPage.statusCode()).isEqualTo(403);
    assertThat(web.post(ONE + "/notes", "{\"text\": \"a\"}", elsewhere).statusCode())
        .isEqualTo(401);
  }
}
