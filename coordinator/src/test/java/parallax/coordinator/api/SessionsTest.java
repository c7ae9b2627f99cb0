package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.access.Access;
import parallax.config.policy.ApiToken;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;
import parallax.coordinator.access.Session;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;

/** Signing in and out, and what people do by forms. */
final class SessionsTest {
  private static final String ONCALL = "secret-of-oncall-0123456789";
  private static final String EYES = "secret-of-eyes-0123456789";
  private static final String OPS = "secret-of-ops-0123456789";
  private static final String PAGE = "/incidents/abc";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final AtomicReference<Instant> now = new AtomicReference<>(Examples.NOON);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<Standing> standing = new AtomicReference<>(new Standing.Leads());
  private Store store;
  private ApiServer server;
  private WebClient web;
  private Browser browser;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    server = server(store, standing);
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    browser = new Browser(web);
    shown.admits(tokens());
    store.record(
        store.takeOver(),
        List.of(
            new Effect.IncidentChanged(
                Judged.incident(
                    "abc",
                    List.of(Examples.target("shop").name()),
                    Scope.UNCONFIRMED,
                    Examples.cause(),
                    Examples.NOON.minusSeconds(5),
                    Examples.NOON,
                    List.of(Examples.evidence("shop", Examples.REFUSED, Examples.NOON))))),
        now.get());
  }

  private ApiServer server(Store record, AtomicReference<Standing> where) {
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    return new ApiServer(
        vertx,
        new ApiServer.Sources(
            shown, record, page, nanos::get, now::get, where::get, Optional.empty()));
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private static ApiToken[] tokens() {
    return new ApiToken[] {
      new ApiToken("oncall", Secret.of(ONCALL), Role.RESPONDER),
      new ApiToken("eyes", Secret.of(EYES), Role.VIEWER),
      new ApiToken("ops", Secret.of(OPS), Role.OPERATOR)
    };
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  /** Pages are sent again as they are for a moment. */
  private HttpResponse<String> anew(Browser whose, String path) {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    return whose.get(path);
  }

  private boolean isIn(Browser whose) {
    return anew(whose, "/probes").statusCode() == 200;
  }

  @Test
  void whoSignsInGetsWhereTheyWantedToGoAndIsNamedOnEveryPage() {
    assertThat(location(browser.get("/incidents?after=1")))
        .isEqualTo("/login?to=%2Fincidents%3Fafter%3D1");
    assertThat(location(browser.signIn(ONCALL, "who", "alice <b>", "to", "/incidents?x=1")))
        .isEqualTo("/incidents?x=1");
    String html = browser.get("/probes").body();
    assertThat(html).contains("alice &lt;b&gt; (via oncall)").contains("responder");
    assertThat(html).contains("action=\"/logout\"").doesNotContain("<who>", "<form-token>");
    assertThat(store.isAudited("signed in", "role responder, by token:oncall", Examples.NOON))
        .isTrue();
    assertThat(location(browser.fill("/probes", "/logout"))).isEqualTo("/login");
    assertThat(store.isAudited("signed out", "here", Examples.NOON)).isTrue();
    assertThat(isIn(browser)).isFalse();
  }

  @Test
  void cookiesAreForNobodyElse() {
    HttpResponse<String> plain = browser.signIn(ONCALL);
    assertThat(plain.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("parallax=[A-Za-z0-9_.-]+; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
    shown.admits(new Access(List.of(tokens()), Optional.empty(), false, List.of("127.0.0.1/32")));
    Browser behind = new Browser(web, "X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.7");
    HttpResponse<String> secure = behind.signIn(ONCALL);
    assertThat(secure.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("__Host-parallax=.*; Path=/; .*HttpOnly; SameSite=Lax; Secure");
    assertThat(isIn(behind)).isTrue();
    // What came by http, where others may have put it, is not taken by https.
    Browser moved = new Browser(web, "X-Forwarded-Proto", "https");
    moved.cookies.putAll(browser.cookies);
    assertThat(isIn(moved)).isFalse();
  }

  @Test
  void aProxyIsOnlyBelievedWhereItIsConfigured() {
    Browser claims = new Browser(web, "X-Forwarded-Proto", "https");
    assertThat(claims.signIn(ONCALL).headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.contains("Secure"));
  }

  @Test
  void aCookieThatSomebodyChangedIsNoSession() {
    browser.signIn(ONCALL);
    String good = browser.cookies.get("parallax");
    for (int at = 0; at < good.length(); at++) {
      char other = good.charAt(at) == 'A' ? 'B' : 'A';
      browser.cookies.put("parallax", good.substring(0, at) + other + good.substring(at + 1));
      // The last character of each part holds bits that are not used.
      boolean loose = at == good.length() - 1 || good.charAt(at + 1) == '.';
      assertThat(loose || !isIn(browser)).as("changed at %s", at).isTrue();
    }
    browser.cookies.put("parallax", good);
    assertThat(isIn(browser)).isTrue();
  }

  @Test
  void aSessionEndsWhenItIsNotUsedAndAtTheLatestAfterAWeek() {
    browser.signIn(ONCALL);
    now.set(Examples.NOON.plus(Session.IDLE).minusSeconds(1));
    HttpResponse<String> used = browser.get("/probes");
    assertThat(used.statusCode()).isEqualTo(200);
    assertThat(used.headers().allValues("Set-Cookie")).hasSize(1);
    assertThat(browser.get("/regions").headers().allValues("Set-Cookie")).isEmpty();
    now.set(Examples.NOON.plus(Session.IDLE.multipliedBy(2)).minusSeconds(1));
    assertThat(isIn(browser)).as("idle").isFalse();

    Browser busy = new Browser(web);
    now.set(Examples.NOON);
    busy.signIn(ONCALL);
    Instant end = Examples.NOON.plus(Session.LONGEST);
    while (now.get().isBefore(end)) {
      assertThat(isIn(busy)).as("at %s", now).isTrue();
      now.set(now.get().plus(Duration.ofHours(8)));
    }
    assertThat(isIn(busy)).isFalse();
  }

  @Test
  void aSessionEndsWithTheTokenThatItWasMadeBy() {
    browser.signIn(ONCALL);
    shown.admits(new ApiToken("oncall", Secret.of(ONCALL), Role.VIEWER));
    assertThat(isIn(browser)).as("another role").isFalse();
    shown.admits(new ApiToken("oncall", Secret.of("another-0123456789"), Role.RESPONDER));
    assertThat(isIn(browser)).as("another token").isFalse();
    shown.admits(new ApiToken("others", Secret.of(ONCALL), Role.RESPONDER));
    assertThat(isIn(browser)).as("another name").isFalse();
    shown.admits(tokens());
    assertThat(isIn(browser)).isTrue();
  }

  @Test
  void whoSignsInNeverGetsTheSessionThatWasThereBefore() {
    browser.signIn(EYES);
    String before = browser.cookies.get("parallax");
    String place = browser.cookies.get("parallax-form");
    browser.signIn(ONCALL);
    assertThat(browser.cookies.get("parallax")).isNotEqualTo(before).isNotEqualTo(place);
    Browser planted = new Browser(web);
    planted.cookies.put("parallax", "planted");
    assertThat(isIn(planted)).isFalse();
    planted.signIn(ONCALL);
    assertThat(planted.cookies.get("parallax")).isNotEqualTo("planted");
  }

  @Test
  void signingOutEverywhereReachesEveryCoordinator() {
    browser.signIn(ONCALL);
    Browser elsewhere = new Browser(web);
    elsewhere.signIn(ONCALL);
    Browser others = new Browser(web);
    others.signIn(EYES);
    try (ApiServer second = server(store, standing)) {
      WebClient there = new WebClient(second.listen("127.0.0.1", 0).await());
      Browser moved = new Browser(there);
      moved.cookies.putAll(elsewhere.cookies);
      assertThat(isIn(moved)).as("one key for all").isTrue();
      now.set(Examples.NOON.plusSeconds(1));
      assertThat(location(browser.fill("/probes", "/logout", "everywhere", "yes")))
          .isEqualTo("/login");
      assertThat(isIn(elsewhere)).isFalse();
      await().atMost(Duration.ofSeconds(10)).until(() -> !isIn(moved));
      moved.cookies.putAll(others.cookies);
      assertThat(isIn(moved)).isTrue();
    }
    now.set(Examples.NOON.plusSeconds(2));
    elsewhere.signIn(ONCALL);
    assertThat(isIn(elsewhere)).as("a new one").isTrue();
  }

  @Test
  void whoSignsOutHearsOfNoMoreChanges() throws Exception {
    browser.signIn(ONCALL);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> stream =
          client.send(
              HttpRequest.newBuilder(URI.create(web.place() + "/api/v1/events"))
                  .header("Cookie", "parallax=" + browser.cookies.get("parallax"))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(stream.statusCode()).isEqualTo(200);
      browser.fill("/probes", "/logout");
      assertThat(CompletableFuture.runAsync(() -> readToTheEnd(stream.body())))
          .succeedsWithin(Duration.ofSeconds(20));
    }
  }

  private static void readToTheEnd(InputStream stream) {
    try (stream) {
      while (stream.read() >= 0) {}
    } catch (IOException e) {
      // Cut off is an end as well.
    }
  }

  @Test
  void whoIsSignedInStaysSoWhileTheRecordIsAway() {
    FaultyStore faulty = new FaultyStore(store);
    try (ApiServer second = server(faulty, standing)) {
      Browser there = new Browser(new WebClient(second.listen("127.0.0.1", 0).await()));
      there.signIn(ONCALL);
      faulty.fail(true);
      assertThat(isIn(there)).isTrue();
      // It is then that people are needed.
      there.signIn(EYES);
      assertThat(isIn(there)).isTrue();
      assertThat(location(there.fill("/probes", "/logout"))).isEqualTo("/login");
      assertThat(isIn(there)).isFalse();
    }
  }

  @Test
  void guessingIsSlowAndKept() {
    for (int attempt = 0; attempt < 10; attempt++) {
      HttpResponse<String> refused = browser.signIn("wrong-" + attempt);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("this token is not known").doesNotContain("wrong-");
    }
    HttpResponse<String> late = browser.signIn(ONCALL, "who", "alice");
    assertThat(late.statusCode()).isEqualTo(429);
    assertThat(late.headers().firstValue("Retry-After")).isPresent();
    assertThat(late.body()).contains("value=\"alice\"");
    await()
        .until(
            () ->
                store.isAudited(
                    "sign-in refused", "a token that is not known, from 7f000001", Examples.NOON));
    nanos.addAndGet(Duration.ofSeconds(7).toNanos());
    assertThat(browser.signIn(ONCALL).statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%0d%0aSet-Cookie: a=b\r\nx: y",
        "javascript:alert(1)",
        "/login?to=/x",
        "/\tevil",
        "evil"
      })
  void nobodyIsSentElsewhere(String to) {
    assertThat(location(browser.signIn(ONCALL, "to", to))).isEqualTo("/");
  }

  @Test
  void aFormThatIsNotOfThisSessionDoesNothing() {
    browser.signIn(ONCALL);
    Browser other = new Browser(web);
    other.signIn(ONCALL);
    String mine = Browser.token(anew(browser, PAGE).body());
    String others = Browser.token(anew(other, PAGE).body());
    for (String token : List.of("", "x", "A".repeat(86), others, mine.substring(1), mine + "A")) {
      HttpResponse<String> refused = browser.post(PAGE + "/notes", token, "text", "planted");
      assertThat(refused.statusCode()).as(token).isEqualTo(403);
      assertThat(refused.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }
    assertThat(
            web.postAs(
                    "application/x-www-form-urlencoded",
                    PAGE + "/notes",
                    "form_token=" + mine + "&text=planted",
                    "Cookie",
                    "parallax=" + browser.cookies.get("parallax"),
                    "Sec-Fetch-Site",
                    "cross-site")
                .statusCode())
        .isEqualTo(403);
    assertThat(notes()).isEmpty();
    assertThat(location(browser.post(PAGE + "/notes", mine, "text", "mine"))).isEqualTo(PAGE);
    assertThat(notes()).hasSize(1);
    assertThat(Browser.token(anew(browser, PAGE).body())).as("masked anew").isNotEqualTo(mine);
  }

  @Test
  void whatABrowserSendsByItselfDoesNothingByTheApi() {
    browser.signIn(ONCALL);
    String cookie = "parallax=" + browser.cookies.get("parallax");
    String path = "/api/v1/incidents/abc/acknowledge";
    assertThat(web.send("POST", path, "Cookie", cookie).statusCode()).isEqualTo(403);
    assertThat(web.get("/api/v1/incidents", "Cookie", cookie).statusCode()).isEqualTo(200);
    String token = Browser.token(anew(browser, PAGE).body());
    assertThat(web.send("POST", path, "Cookie", cookie, "X-Form-Token", token).statusCode())
        .isEqualTo(200);
  }

  private List<Entry> notes() {
    return store.notebook(new IncidentId("abc")).stream()
        .filter(entry -> entry.what() instanceof Happening.Note)
        .toList();
  }

  @Test
  void peopleAcknowledgeAndWriteNotesByForms() {
    browser.signIn(ONCALL, "who", "alice");
    assertThat(location(browser.fill(PAGE, PAGE + "/acknowledge", "note", "mine"))).isEqualTo(PAGE);
    String html = anew(browser, PAGE).body();
    assertThat(html).contains("Taken care of by").contains("alice (via oncall)").contains("mine");
    HttpResponse<String> empty = browser.fill(PAGE, PAGE + "/notes", "text", " ");
    assertThat(empty.statusCode()).isEqualTo(400);
    assertThat(empty.body()).contains("aria-invalid=\"true\"").contains("text is needed");
    assertThat(location(browser.fill(PAGE, PAGE + "/notes", "text", "two\r\nlines")))
        .isEqualTo(PAGE);
    assertThat(notes().getFirst().who()).isEqualTo("alice (via oncall)");
    assertThat(browser.fill(PAGE, "/incidents/none/notes", "text", "x").statusCode())
        .isEqualTo(404);
  }

  @Test
  void peopleMakeAndEndSilencesByForms() {
    browser.signIn(OPS);
    HttpResponse<String> form = browser.get("/silences?target=shop");
    assertThat(form.body()).contains("target=shop").contains("value=\"2h\"");
    HttpResponse<String> wrong =
        browser.fill(
            "/silences",
            "/silences",
            "match",
            "team=shop\nenv=~(",
            "duration",
            "2h",
            "reason",
            "<i>");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("not a regular expression")
        .contains("team=shop\nenv=~(")
        .contains("value=\"&lt;i&gt;\"")
        .contains("id=\"problem-match\"");
    HttpResponse<String> senseless =
        browser.fill("/silences", "/silences", "match", "everything", "reason", "x");
    assertThat(senseless.body()).contains("lines such as team=shop");
    assertThat(
            location(
                browser.fill(
                    "/silences",
                    "/silences",
                    "match",
                    "team=shop\nteam=desk\nenv=~prod|st.*",
                    "duration",
                    "2h",
                    "until",
                    "",
                    "reason",
                    "upgrade")))
        .isEqualTo("/silences");
    assertThat(store.silences(now.get()))
        .singleElement()
        .satisfies(
            made -> {
              assertThat(made.who()).isEqualTo("ops");
              assertThat(made.match()).hasSize(2);
            });
    String id = store.silences(now.get()).getFirst().id();
    assertThat(anew(browser, "/silences").body()).contains("action=\"/silences/" + id + "/end\"");
    now.set(Examples.NOON.plusSeconds(5));
    assertThat(location(browser.fill("/silences", "/silences/" + id + "/end")))
        .isEqualTo("/silences");
    assertThat(store.silences(now.get())).isEmpty();
  }

  @Test
  void whatSomebodyMayNotDoIsNotOfferedAndNotDone() {
    browser.signIn(EYES);
    assertThat(browser.get(PAGE).body()).doesNotContain("/acknowledge\"><input");
    assertThat(browser.get("/silences").body()).doesNotContain("Silence targets");
    String token = Browser.token(browser.get("/probes").body());
    assertThat(browser.post(PAGE + "/notes", token, "text", "x").statusCode()).isEqualTo(403);
    browser.signIn(ONCALL);
    assertThat(anew(browser, "/silences").body()).doesNotContain("Silence targets");
    assertThat(anew(browser, PAGE).body()).contains("action=\"/incidents/abc/acknowledge\"");
  }

  @Test
  void whereNobodyIsToldApartWhoeverIsHereIsOfferedForms() {
    shown.admits(Access.NONE);
    assertThat(location(browser.fill(PAGE, PAGE + "/notes", "text", "here", "who", "bob")))
        .isEqualTo(PAGE);
    assertThat(notes().getFirst().who()).isEqualTo("bob (via local)");
    String token = Browser.token(anew(browser, PAGE).body());
    Browser stranger = new Browser(web);
    assertThat(stranger.post(PAGE + "/notes", token, "text", "x").statusCode()).isEqualTo(403);
    Browser away = new Browser(web, "X-Forwarded-For", "192.0.2.1");
    String html = anew(away, PAGE).body();
    assertThat(html).doesNotContain("form_token");
    assertThat(browser.get("/login").body()).contains("Nobody is told apart");
  }

  @Test
  void pagesAreNotShownWithinOthers() {
    browser.signIn(OPS);
    for (String path : List.of("/login", "/probes", PAGE, "/silences")) {
      HttpResponse<String> page = browser.get(path);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("frame-ancestors 'none'")
          .contains("form-action 'self'")
          .contains("script-src 'self'");
      assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
      assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
    }
  }

  @Test
  void aCoordinatorThatFollowsHandsOnWhoIsAsking() {
    AtomicReference<Standing> follows = new AtomicReference<>(new Standing.Leads());
    try (ApiServer second = server(store, follows)) {
      follows.set(new Standing.Follows(URI.create(web.place())));
      WebClient there = new WebClient(second.listen("127.0.0.1", 0).await());
      Browser visitor = new Browser(there);
      assertThat(location(visitor.get(PAGE))).isEqualTo("/login?to=%2Fincidents%2Fabc");
      assertThat(visitor.signIn(ONCALL).statusCode()).isEqualTo(303);
      assertThat(anew(visitor, PAGE).body()).contains("oncall").contains("/acknowledge");
      assertThat(location(visitor.fill(PAGE, PAGE + "/notes", "text", "by another")))
          .isEqualTo(PAGE);
      assertThat(notes()).hasSize(1);
      assertThat(there.get("/probes", "Authorization", "Bearer " + EYES).statusCode())
          .isEqualTo(200);
      now.set(Examples.NOON.plus(Session.RENEWED).plusSeconds(1));
      assertThat(anew(visitor, "/probes").headers().allValues("Set-Cookie"))
          .as("renewed by the one that was asked")
          .hasSize(1);
      shown.admits(Access.NONE);
      Browser local = new Browser(there);
      assertThat(location(local.fill(PAGE, PAGE + "/notes", "text", "here too"))).isEqualTo(PAGE);
    }
  }
}
