package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.FaultyStore;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;

/** Signing in and out. */
final class SessionsTest {
  @TempDir Path folder;

  private AccessSetting in;

  @BeforeEach
  void start() {
    in = new AccessSetting(folder);
  }

  @AfterEach
  void stop() {
    in.close();
  }

  @Test
  void whoSignsInGetsWhereTheyWantedToGoAndIsNamedOnEveryPage() {
    assertThat(AccessSetting.location(in.browser.get("/incidents?after=1")))
        .isEqualTo("/login?to=%2Fincidents%3Fafter%3D1");
    assertThat(
            AccessSetting.location(
                in.browser.signIn(
                    AccessSetting.ONCALL, "who", "alice <b>", "to", "/incidents?x=1")))
        .isEqualTo("/incidents?x=1");
    String html = in.browser.get("/probes").body();
    assertThat(html).contains("alice &lt;b&gt; (via oncall)").contains("responder");
    assertThat(html).contains("action=\"/logout\"").doesNotContain("<who>", "<form-token>");
    assertThat(in.store.isAudited("signed in", "role responder, by token:oncall", Examples.NOON))
        .isTrue();
    assertThat(AccessSetting.location(in.browser.fill("/probes", "/logout"))).isEqualTo("/login");
    assertThat(in.store.isAudited("signed out", "here", Examples.NOON)).isTrue();
    assertThat(in.isIn(in.browser)).isFalse();
  }

  @Test
  void cookiesAreForNobodyElse() {
    HttpResponse<String> plain = in.browser.signIn(AccessSetting.ONCALL);
    assertThat(plain.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("parallax=[A-Za-z0-9_.-]+; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax");
    in.shown.admits(
        new Access(
            List.of(AccessSetting.tokens()), Optional.empty(), false, List.of("127.0.0.1/32")));
    Browser behind =
        new Browser(in.web, "X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.7");
    HttpResponse<String> secure = behind.signIn(AccessSetting.ONCALL);
    assertThat(secure.headers().allValues("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("__Host-parallax=.*; Path=/; .*HttpOnly; SameSite=Lax; Secure");
    assertThat(in.isIn(behind)).isTrue();
    // What came by http, where others may have put it, is not taken by https.
    Browser moved = new Browser(in.web, "X-Forwarded-Proto", "https");
    moved.cookies.putAll(in.browser.cookies);
    assertThat(in.isIn(moved)).isFalse();
  }

  @Test
  void aProxyIsOnlyBelievedWhereItIsConfigured() {
    Browser claims = new Browser(in.web, "X-Forwarded-Proto", "https");
    assertThat(claims.signIn(AccessSetting.ONCALL).headers().allValues("Set-Cookie"))
        .noneMatch(cookie -> cookie.contains("Secure"));
  }

  @Test
  void aCookieThatSomebodyChangedIsNoSession() {
    in.browser.signIn(AccessSetting.ONCALL);
    String good = Objects.requireNonNull(in.browser.cookies.get("parallax"));
    for (int at = 0; at < good.length(); at++) {
      char other = good.charAt(at) == 'A' ? 'B' : 'A';
      in.browser.cookies.put("parallax", good.substring(0, at) + other + good.substring(at + 1));
      // The last character of each part holds bits that are not used.
      boolean loose = at == good.length() - 1 || good.charAt(at + 1) == '.';
      assertThat(loose || !in.isIn(in.browser)).as("changed at %s", at).isTrue();
    }
    in.browser.cookies.put("parallax", good);
    assertThat(in.isIn(in.browser)).isTrue();
  }

  @Test
  void aSessionEndsWhenItIsNotUsedAndAtTheLatestAfterAWeek() {
    in.browser.signIn(AccessSetting.ONCALL);
    in.now.set(Examples.NOON.plus(Session.IDLE).minusSeconds(1));
    HttpResponse<String> used = in.browser.get("/probes");
    assertThat(used.statusCode()).isEqualTo(200);
    assertThat(used.headers().allValues("Set-Cookie")).hasSize(1);
    assertThat(in.browser.get("/regions").headers().allValues("Set-Cookie")).isEmpty();
    in.now.set(Examples.NOON.plus(Session.IDLE.multipliedBy(2)).minusSeconds(1));
    assertThat(in.isIn(in.browser)).as("idle").isFalse();

    Browser busy = new Browser(in.web);
    in.now.set(Examples.NOON);
    busy.signIn(AccessSetting.ONCALL);
    Instant end = Examples.NOON.plus(Session.LONGEST);
    while (in.now.get().isBefore(end)) {
      assertThat(in.isIn(busy)).as("at %s", in.now).isTrue();
      in.now.set(in.now.get().plus(Duration.ofHours(8)));
    }
    assertThat(in.isIn(busy)).isFalse();
  }

  @Test
  void aSessionEndsWithTheTokenThatItWasMadeBy() {
    in.browser.signIn(AccessSetting.ONCALL);
    in.shown.admits(new ApiToken("oncall", Secret.of(AccessSetting.ONCALL), Role.VIEWER));
    assertThat(in.isIn(in.browser)).as("another role").isFalse();
    in.shown.admits(new ApiToken("oncall", Secret.of("another-0123456789"), Role.RESPONDER));
    assertThat(in.isIn(in.browser)).as("another token").isFalse();
    in.shown.admits(new ApiToken("others", Secret.of(AccessSetting.ONCALL), Role.RESPONDER));
    assertThat(in.isIn(in.browser)).as("another name").isFalse();
    in.shown.admits(AccessSetting.tokens());
    assertThat(in.isIn(in.browser)).isTrue();
  }

  @Test
  void whoSignsInNeverGetsTheSessionThatWasThereBefore() {
    in.browser.signIn(AccessSetting.EYES);
    String before = in.browser.cookies.get("parallax");
    String place = in.browser.cookies.get("parallax-form");
    in.browser.signIn(AccessSetting.ONCALL);
    assertThat(in.browser.cookies.get("parallax")).isNotEqualTo(before).isNotEqualTo(place);
    Browser planted = new Browser(in.web);
    planted.cookies.put("parallax", "planted");
    assertThat(in.isIn(planted)).isFalse();
    planted.signIn(AccessSetting.ONCALL);
    assertThat(planted.cookies.get("parallax")).isNotEqualTo("planted");
  }

  @Test
  void signingOutEverywhereReachesEveryCoordinator() {
    in.browser.signIn(AccessSetting.ONCALL);
    Browser elsewhere = new Browser(in.web);
    elsewhere.signIn(AccessSetting.ONCALL);
    Browser others = new Browser(in.web);
    others.signIn(AccessSetting.EYES);
    try (ApiServer second = in.server(in.store, in.standing)) {
      WebClient there = new WebClient(second.listen("127.0.0.1", 0).await());
      Browser moved = new Browser(there);
      moved.cookies.putAll(elsewhere.cookies);
      assertThat(in.isIn(moved)).as("one key for all").isTrue();
      in.now.set(Examples.NOON.plusSeconds(1));
      assertThat(AccessSetting.location(in.browser.fill("/probes", "/logout", "everywhere", "yes")))
          .isEqualTo("/login");
      assertThat(in.isIn(elsewhere)).isFalse();
      Waiting.until("the other coordinator knows of it", () -> !in.isIn(moved));
      moved.cookies.putAll(others.cookies);
      assertThat(in.isIn(moved)).isTrue();
    }
    in.now.set(Examples.NOON.plusSeconds(2));
    elsewhere.signIn(AccessSetting.ONCALL);
    assertThat(in.isIn(elsewhere)).as("a new one").isTrue();
  }

  @Test
  void whoSignsOutHearsOfNoMoreChanges() throws Exception {
    in.browser.signIn(AccessSetting.ONCALL);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> stream =
          client.send(
              HttpRequest.newBuilder(URI.create(in.web.place() + "/api/v1/events"))
                  .header("Cookie", "parallax=" + in.browser.cookies.get("parallax"))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      assertThat(stream.statusCode()).isEqualTo(200);
      in.browser.fill("/probes", "/logout");
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
    FaultyStore faulty = new FaultyStore(in.store);
    try (ApiServer second = in.server(faulty, in.standing)) {
      Browser there = new Browser(new WebClient(second.listen("127.0.0.1", 0).await()));
      there.signIn(AccessSetting.ONCALL);
      faulty.fail(true);
      assertThat(in.isIn(there)).isTrue();
      // It is then that people are needed.
      there.signIn(AccessSetting.EYES);
      assertThat(in.isIn(there)).isTrue();
      assertThat(AccessSetting.location(there.fill("/probes", "/logout"))).isEqualTo("/login");
      assertThat(in.isIn(there)).isFalse();
    }
  }

  @Test
  void guessingIsSlowAndKept() {
    for (int attempt = 0; attempt < 10; attempt++) {
      HttpResponse<String> refused = in.browser.signIn("wrong-" + attempt);
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).contains("this token is not known").doesNotContain("wrong-");
    }
    HttpResponse<String> late = in.browser.signIn(AccessSetting.ONCALL, "who", "alice");
    assertThat(late.statusCode()).isEqualTo(429);
    assertThat(late.headers().firstValue("Retry-After")).isPresent();
    assertThat(late.body()).contains("value=\"alice\"");
    Waiting.until(
        "the refusal is on record",
        () ->
            in.store.isAudited(
                "sign-in refused", "a token that is not known, from 7f000001", Examples.NOON));
    in.nanos.addAndGet(Duration.ofSeconds(7).toNanos());
    assertThat(in.browser.signIn(AccessSetting.ONCALL).statusCode()).isEqualTo(303);
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
    assertThat(AccessSetting.location(in.browser.signIn(AccessSetting.ONCALL, "to", to)))
        .isEqualTo("/");
  }
}
