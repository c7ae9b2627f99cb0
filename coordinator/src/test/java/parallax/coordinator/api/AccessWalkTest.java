package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.access.Access;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.report.ReportRules;
import parallax.config.secret.Secret;
import parallax.coordinator.access.Need;
import parallax.coordinator.api.exchange.Reply;
import parallax.coordinator.api.pages.PageRoute;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** Every route, without anything and with every role. */
final class AccessWalkTest {
  /** What each route needs, written by hand: a new one has to be added here. */
  private static final Map<String, Need> NEEDS =
      Map.ofEntries(
          Map.entry("GET /", Need.VIEWER),
          Map.entry("GET /targets", Need.VIEWER),
          Map.entry("GET /targets/{name}", Need.VIEWER),
          Map.entry("GET /incidents", Need.VIEWER),
          Map.entry("GET /incidents/{id}", Need.VIEWER),
          Map.entry("POST /incidents/{id}/acknowledge", Need.RESPONDER),
          Map.entry("POST /incidents/{id}/notes", Need.RESPONDER),
          Map.entry("POST /incidents/{id}/runbooks/{name}", Need.RESPONDER),
          Map.entry("GET /regions", Need.VIEWER),
          Map.entry("GET /probes", Need.VIEWER),
          Map.entry("GET /silences", Need.VIEWER),
          Map.entry("POST /silences", Need.OPERATOR),
          Map.entry("POST /silences/{id}/end", Need.OPERATOR),
          Map.entry("GET /configuration", Need.VIEWER),
          Map.entry("GET /assets/{name}", Need.PUBLIC),
          Map.entry("GET /login", Need.PUBLIC),
          Map.entry("GET /login/oidc", Need.PUBLIC),
          Map.entry("GET /login/oidc/callback", Need.PUBLIC),
          Map.entry("POST /logout", Need.PUBLIC),
          Map.entry("GET /api/v1/events", Need.VIEWER),
          Map.entry("GET /api/v1/targets", Need.VIEWER),
          Map.entry("GET /api/v1/targets/{name}", Need.VIEWER),
          Map.entry("GET /api/v1/incidents", Need.VIEWER),
          Map.entry("GET /api/v1/incidents/{id}", Need.VIEWER),
          Map.entry("GET /api/v1/incidents/{id}/export", Need.VIEWER),
          Map.entry("POST /api/v1/incidents/{id}/notes", Need.RESPONDER),
          Map.entry("POST /api/v1/incidents/{id}/acknowledge", Need.RESPONDER),
          Map.entry("GET /api/v1/incidents/{id}/runbooks", Need.VIEWER),
          Map.entry("POST /api/v1/incidents/{id}/runbooks/{name}", Need.RESPONDER),
          Map.entry("POST /api/v1/reports", Need.RESPONDER),
          Map.entry("GET /api/v1/silences", Need.VIEWER),
          Map.entry("POST /api/v1/silences", Need.OPERATOR),
          Map.entry("DELETE /api/v1/silences/{id}", Need.OPERATOR),
          Map.entry("POST /api/v1/heartbeats/{name}", Need.RESPONDER),
          Map.entry("GET /api/v1/drill", Need.VIEWER),
          Map.entry("POST /api/v1/drill", Need.ADMIN),
          Map.entry("DELETE /api/v1/drill", Need.ADMIN),
          Map.entry("GET /api/v1/observations", Need.VIEWER),
          Map.entry("GET /api/v1/probes", Need.VIEWER),
          Map.entry("GET /api/v1/discovery/prometheus", Need.VIEWER),
          Map.entry("GET /api/v1/configuration", Need.VIEWER),
          Map.entry("GET /api/v1/status", Need.VIEWER),
          // Slack and those who push have signatures of their own.
          Map.entry("POST /api/v1/slack/actions", Need.PUBLIC),
          Map.entry("POST /api/v1/configuration/pull", Need.PUBLIC),
          Map.entry("GET /status", Need.PUBLIC),
          Map.entry("POST /status/report", Need.PUBLIC),
          Map.entry("GET /embed", Need.PUBLIC),
          Map.entry("GET /notice.js", Need.PUBLIC),
          Map.entry("GET /notice.json", Need.PUBLIC),
          Map.entry("GET /routes", Need.VIEWER),
          Map.entry("GET /calendar", Need.VIEWER),
          Map.entry("GET /objectives", Need.VIEWER),
          Map.entry("GET /reports/{month}", Need.VIEWER),
          Map.entry("GET /calendar.ics", Need.VIEWER),
          Map.entry("GET /audit", Need.VIEWER),
          Map.entry("GET /incidents/{id}/timeline.svg", Need.VIEWER),
          Map.entry("GET /incidents/{id}/timeline.png", Need.VIEWER),
          Map.entry("GET /feed.atom", Need.VIEWER),
          Map.entry("GET /feed.json", Need.VIEWER),
          Map.entry("GET /badge/{target}.svg", Need.VIEWER),
          Map.entry("GET /public/{file}", Need.PUBLIC),
          Map.entry("GET /healthz", Need.PUBLIC),
          Map.entry("GET /readyz", Need.PUBLIC),
          Map.entry("GET /metrics", Need.VIEWER),
          Map.entry("GET /openapi.yaml", Need.VIEWER));

  private static final String ENDLESS = "GET /api/v1/events";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private Store store;
  private ApiServer server;
  private WebClient web;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown,
                store,
                page,
                System::nanoTime,
                () -> Examples.NOON,
                Standing.Leads::new,
                Optional.empty()));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    shown.show(
        List.of(
            new TargetView(
                Examples.target("shop"),
                Examples.verdict("shop", TargetState.UP, Examples.NOON),
                List.of(),
                UptimeHistory.EMPTY,
                Optional.empty())));
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private static List<ApiToken> tokens() {
    return List.of(Role.values()).stream()
        .map(role -> new ApiToken(name(role), Secret.of(secret(role)), role))
        .toList();
  }

  private static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static String secret(Role role) {
    return "secret-of-" + name(role) + "-0123456789";
  }

  private static String sample(String path) {
    return path.replace("{target}", "shop")
        .replace("{name}", "shop")
        .replace("{id}", "none")
        .replace("{month}", "2026-01")
        .replace("{file}", "status");
  }

  private int status(String route, Optional<Role> role) {
    String method = route.split(" ", 2)[0];
    String path = sample(route.split(" ", 2)[1]);
    boolean form = method.equals("POST") && !path.startsWith("/api/");
    String[] headers =
        role.map(held -> new String[] {"Authorization", "Bearer " + secret(held)})
            .orElseGet(() -> new String[0]);
    if (!method.equals("POST")) {
      return web.send(method, path, headers).statusCode();
    }
    return form
        ? web.postAs("application/x-www-form-urlencoded", path, "x=y", headers).statusCode()
        : web.post(path, "{}", headers).statusCode();
  }

  private Map<String, Integer> unexpected() {
    Map<String, Integer> found = new TreeMap<>();
    NEEDS.forEach(
        (route, need) -> {
          if (need != Need.PUBLIC) {
            look(found, route, Optional.empty(), 401);
          }
          for (Role role : Role.values()) {
            boolean enters = need.role().isEmpty() || role.includes(need.role().get());
            if (!enters) {
              look(found, route, Optional.of(role), 403);
            } else if (!route.equals(ENDLESS)) {
              int status = status(route, Optional.of(role));
              boolean own = route.equals("POST /status/report") && status == 403;
              if ((status == 401 || status == 403 || status >= 500) && !own) {
                found.put(route + " by " + role, status);
              }
            }
          }
        });
    return found;
  }

  private void look(Map<String, Integer> found, String route, Optional<Role> role, int expected) {
    int status = status(route, role);
    if (status != expected) {
      found.put(route + " by " + role.map(Role::name).orElse("nobody"), status);
    }
  }

  @Test
  void everyRouteStandsInTheTable() {
    TreeSet<String> paths = new TreeSet<>();
    NEEDS.keySet().forEach(route -> paths.add(route.split(" ", 2)[1]));
    assertThat(new TreeSet<>(server.paths())).isEqualTo(paths);
    assertThat(server.routes())
        .allSatisfy(
            route ->
                assertThat(paths.stream().map(path -> path.replaceAll("\\{.*", "")))
                    .contains(route.replaceAll("\\*$", "")));
  }

  @Test
  void everyRouteAsksForTheRoleThatStandsInTheTable() {
    shown.admits(Access.of(tokens()));
    assertThat(unexpected()).isEmpty();
  }

  @Test
  void whatIsForTheirOwnEyesIsNotToldToAnybody() {
    shown.admits(Access.of(tokens()));
    for (String route : NEEDS.keySet()) {
      if (NEEDS.get(route) == Need.VIEWER) {
        String path = sample(route.split(" ", 2)[1]);
        HttpResponse<String> refused = web.get(path);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).as(path).contains("Bearer");
        assertThat(refused.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(web.send("HEAD", path).statusCode()).as(path).isEqualTo(401);
        HttpResponse<String> page = web.get(path, "Accept", "text/html");
        assertThat(page.statusCode()).as(path).isEqualTo(303);
        assertThat(page.headers().firstValue("Location").orElseThrow()).startsWith("/login?to=%2F");
        assertThat(web.get(path, "Authorization", "Bearer wrong-0123456789").statusCode())
            .isEqualTo(401);
      }
    }
  }

  @Test
  void readingMayBeForAnybodyAndDoingStaysForThoseWithTheRole() {
    shown.admits(new Access(tokens(), Optional.empty(), true, List.of()));
    NEEDS.forEach(
        (route, need) -> {
          if (need == Need.VIEWER && !route.equals(ENDLESS)) {
            assertThat(status(route, Optional.empty())).as(route).isNotIn(401, 403);
          } else if (need.role().isPresent() && !route.equals(ENDLESS)) {
            assertThat(status(route, Optional.empty())).as(route).isEqualTo(401);
            assertThat(status(route, Optional.of(Role.VIEWER))).as(route).isEqualTo(403);
          }
        });
  }

  @Test
  void whereNobodyIsToldApartEverybodyReads() {
    NEEDS.forEach(
        (route, need) -> {
          if (need == Need.VIEWER && !route.equals(ENDLESS)) {
            String path = sample(route.split(" ", 2)[1]);
            assertThat(web.get(path, "X-Forwarded-For", "192.0.2.1").statusCode())
                .as(route)
                .isNotIn(401, 403);
          }
        });
  }

  @Test
  void reportsThatAreForThePublicNeedNoRole() {
    shown.admits(Access.of(tokens()));
    assertThat(web.post("/api/v1/reports", "{\"target\": \"shop\"}").statusCode()).isEqualTo(401);
    shown.configured(List.of(), new ReportRules(true));
    assertThat(web.post("/api/v1/reports", "{\"target\": \"shop\"}").statusCode()).isEqualTo(201);
  }

  @Test
  void anEndpointOfWhichNothingIsSaidIsForAdmins() {
    Endpoint endpoint = new Endpoint("/x", Endpoint.Where.WORKER, _ -> Reply.json(new byte[0]));
    assertThat(endpoint.need()).isEqualTo(Need.ADMIN);
    assertThat(
            new PageRoute(
                    "/x",
                    _ -> {
                      throw new AssertionError();
                    })
                .need())
        .isEqualTo(Need.ADMIN);
  }
}
