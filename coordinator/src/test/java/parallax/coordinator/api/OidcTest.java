package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.access.Access;
import parallax.config.access.OidcProvider;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.oidc.Trip;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;

/** Signing in by what a provider says, and what is not believed of it. */
final class OidcTest {
  private static final String BACK = "/login/oidc/callback";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final AtomicReference<Instant> now = new AtomicReference<>(Examples.NOON);
  private final AtomicLong nanos = new AtomicLong();
  private TestProvider provider;
  private Store store;
  private ApiServer server;
  private WebClient web;
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    provider = new TestProvider(Examples.NOON);
    store = SqliteStore.open(folder);
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown, store, page, nanos::get, now::get, Standing.Leads::new, Optional.empty()));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    browser = new Browser(web);
    admit(Map.of("everybody", Role.VIEWER, "sre", Role.OPERATOR));
  }

  private void admit(Map<String, Role> roles) {
    OidcProvider configured =
        new OidcProvider(
            provider.issuer(),
            TestProvider.CLIENT,
            Secret.of(TestProvider.SECRET),
            Optional.empty(),
            List.of("profile", "groups"),
            "groups",
            new TreeMap<>(roles));
    shown.admits(
        new Access(List.of(), Optional.of(configured), false, List.of()),
        Optional.of(URI.create(web.place() + "/")));
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    provider.close();
    meters.close();
    vertx.close().await();
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  private String departure(Browser whose, String to) {
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    return location(whose.get("/login/oidc?to=" + to));
  }

  private HttpResponse<String> comesBack(Browser whose, String departure, String code) {
    String state = TestProvider.fields(URI.create(departure).getRawQuery()).get("state");
    return whose.get(BACK + "?code=" + code + "&state=" + state);
  }

  private HttpResponse<String> signIn(Browser whose) {
    String departure = departure(whose, "%2Fprobes");
    return comesBack(whose, departure, provider.agrees(departure));
  }

  private boolean isIn(Browser whose) {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    return whose.get("/probes").statusCode() == 200;
  }

  @Test
  void whoTheProviderKnowsComesInWithTheHighestRoleOfTheirGroups() {
    assertThat(browser.get("/login").body())
        .contains("Sign in with 127.0.0.1")
        .contains("href=\"/login/oidc?to=%2F\"")
        .doesNotContain("name=\"token\"");
    String departure = departure(browser, "%2Fprobes");
    Map<String, String> asked = TestProvider.fields(URI.create(departure).getRawQuery());
    assertThat(departure).startsWith(provider.issuer() + "/auth?");
    assertThat(asked)
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "parallax")
        .containsEntry("redirect_uri", web.place() + BACK)
        .containsEntry("scope", "openid profile groups")
        .containsEntry("code_challenge_method", "S256")
        .containsKeys("state", "nonce", "code_challenge");
    assertThat(location(comesBack(browser, departure, provider.agrees(departure))))
        .isEqualTo("/probes");
    assertThat(browser.get("/probes").body()).contains("alice (via oidc)").contains("operator");
    assertThat(store.isAudited("signed in", "role operator, by person:u-1", Examples.NOON))
        .isTrue();
    assertThat(browser.cookies).doesNotContainKey("parallax-trip");
    assertThat(location(browser.fill("/probes", "/logout"))).isEqualTo("/login");
    assertThat(isIn(browser)).isFalse();
  }

  @Test
  void whoIsInNoGroupIsToldSoAndHasNoSession() {
    provider.claims = set -> set.claim("groups", List.of("guests")).claim("name", "<b>");
    HttpResponse<String> refused = signIn(browser);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("alice (via oidc)").contains("no group");
    assertThat(isIn(browser)).isFalse();
    Waiting.until(
        "the refusal is on record",
        () ->
            store.isAudited(
                "sign-in refused",
                "alice (via oidc) is in no group that has a role, from 7f000001",
                Examples.NOON));
  }

  @Test
  void aSessionEndsWhenTheRolesOfGroupsChange() {
    signIn(browser);
    assertThat(isIn(browser)).isTrue();
    admit(Map.of("everybody", Role.VIEWER));
    assertThat(isIn(browser)).isFalse();
    assertThat(location(signIn(browser))).isEqualTo("/probes");
    assertThat(isIn(browser)).isTrue();
    shown.admits(Access.of(List.of()));
    assertThat(browser.get("/login/oidc").statusCode()).isEqualTo(404);
  }

  static Stream<Arguments> lies() {
    Instant noon = Examples.NOON;
    return Stream.of(
        lie("another issuer", set -> set.issuer("https://evil.example")),
        lie("somebody else", set -> set.audience("other")),
        lie("somebody else", set -> set.audience(List.of("parallax", "other"))),
        lie(
            "somebody else",
            set -> set.audience(List.of("parallax", "other")).claim("azp", "other")),
        lie("not what was asked for", set -> set.claim("nonce", "other")),
        lie("not what was asked for", set -> set.claim("nonce", null)),
        lie("expired", set -> set.expirationTime(Date.from(noon.minusSeconds(61)))),
        lie("expired", set -> set.expirationTime(null)),
        lie("not made just now", set -> set.issueTime(Date.from(noon.plusSeconds(120)))),
        lie("not made just now", set -> set.issueTime(Date.from(noon.minusSeconds(7200)))),
        lie("not made just now", set -> set.issueTime(null)),
        lie("of nobody", set -> set.subject("")),
        lie("of nobody", set -> set.subject("a\nb")),
        lie("of nobody", set -> set.subject(null)));
  }

  private static Arguments lie(String why, UnaryOperator<JWTClaimsSet.Builder> claims) {
    return Arguments.of(why, claims);
  }

  @ParameterizedTest
  @MethodSource("lies")
  void whatIsNotClaimedOfThisSignInIsNotBelieved(
      String why, UnaryOperator<JWTClaimsSet.Builder> claims) {
    provider.claims = claims;
    HttpResponse<String> refused = signIn(browser);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains(why.replace("not made", "was not made"));
    assertThat(isIn(browser)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(value = TestProvider.Signing.class, mode = EnumSource.Mode.EXCLUDE, names = "RS256")
  void whatIsNotSignedByAKeyOfTheProviderIsNotBelieved(TestProvider.Signing signing) {
    provider.signing = signing;
    HttpResponse<String> refused = signIn(browser);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("signed");
    assertThat(isIn(browser)).isFalse();
  }

  @Test
  void newKeysAreFetchedWhenATokenNamesOneButNotForEveryone() {
    assertThat(location(signIn(browser))).isEqualTo("/probes");
    assertThat(provider.keysAsked).hasValue(1);
    provider.key = TestProvider.key("two");
    provider.published = List.of(provider.key);
    assertThat(location(signIn(new Browser(web)))).isEqualTo("/probes");
    assertThat(provider.keysAsked).hasValue(2);

    provider.published = List.of(TestProvider.key("three"));
    provider.key = TestProvider.key("four");
    Browser other = new Browser(web);
    String departure = departure(other, "%2F");
    assertThat(comesBack(other, departure, provider.agrees(departure)).statusCode()).isEqualTo(401);
    assertThat(provider.keysAsked).hasValue(3);
    String again = location(other.get("/login/oidc"));
    assertThat(comesBack(other, again, provider.agrees(again)).statusCode()).isEqualTo(401);
    assertThat(provider.keysAsked).as("not within half a minute").hasValue(3);
  }

  @Test
  void whatComesBackToAnotherBrowserOrTwiceOrTooLateIsNotTaken() {
    String departure = departure(browser, "%2F");
    String code = provider.agrees(departure);
    Browser victim = new Browser(web);
    assertThat(comesBack(victim, departure, code).statusCode()).as("no trip").isEqualTo(401);
    departure(victim, "%2F");
    assertThat(comesBack(victim, departure, code).statusCode()).as("another").isEqualTo(401);

    Map<String, String> kept = new TreeMap<>(browser.cookies);
    assertThat(location(comesBack(browser, departure, code))).isEqualTo("/");
    browser.cookies.putAll(kept);
    assertThat(comesBack(browser, departure, "code-x").body()).contains("used before");

    String late = departure(browser, "%2F");
    now.set(Examples.NOON.plus(Trip.LONGEST));
    assertThat(comesBack(browser, late, provider.agrees(late)).statusCode()).isEqualTo(401);
  }

  @Test
  void aCodeOfAnotherTripDoesNotFitBecauseOfItsChallenge() {
    String mine = departure(browser, "%2F");
    Browser attacker = new Browser(web);
    String theirs = departure(attacker, "%2F");
    String code = provider.agrees(theirs);
    HttpResponse<String> injected = comesBack(browser, mine, code);
    assertThat(injected.statusCode()).isEqualTo(502);
    assertThat(injected.body()).contains("invalid_grant");
    assertThat(isIn(browser)).isFalse();
  }

  @Test
  void aProviderThatSaysNoOrNothingIsNamedAsTheReason() {
    String departure = departure(browser, "%2F");
    String state = TestProvider.fields(URI.create(departure).getRawQuery()).get("state");
    HttpResponse<String> denied =
        browser.get(BACK + "?error=access_denied&error_description=%3Cb%3E&state=" + state);
    assertThat(denied.statusCode()).isEqualTo(401);
    assertThat(denied.body()).contains("access_denied").doesNotContain("<b>");
    String other = departure(browser, "%2F");
    String otherState = TestProvider.fields(URI.create(other).getRawQuery()).get("state");
    assertThat(
            browser
                .get(BACK + "?code=x&iss=https%3A%2F%2Fevil.example&state=" + otherState)
                .statusCode())
        .isEqualTo(401);
    provider.tokenStatus = 500;
    assertThat(signIn(browser).statusCode()).isEqualTo(502);
    provider.close();
    nanos.addAndGet(Duration.ofHours(2).toNanos());
    HttpResponse<String> away = browser.get("/login/oidc");
    assertThat(away.statusCode()).isEqualTo(502);
    assertThat(away.body()).contains("cannot be reached").doesNotContain(TestProvider.SECRET);
  }

  @Test
  void aProviderThatNamesAnotherIssuerIsNotAsked() {
    provider.issuerInMetadata = "https://evil.example";
    HttpResponse<String> refused = browser.get("/login/oidc");
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(refused.body()).contains("another issuer");
  }

  @Test
  void nobodyIsSentElsewhereAfterwards() {
    String departure = departure(browser, "https%3A%2F%2Fevil.example");
    assertThat(location(comesBack(browser, departure, provider.agrees(departure)))).isEqualTo("/");
  }
}
