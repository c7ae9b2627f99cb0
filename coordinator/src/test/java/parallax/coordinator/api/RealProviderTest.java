package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.policy.ApiToken.Role;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.RealProvider;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;

/** Signing in at a provider that others wrote. */
final class RealProviderTest {
  private static final int MAX_STEPS = 12;
  private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final HttpClient elsewhere =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private Optional<RealProvider> provider = Optional.empty();
  private Store store;
  private ApiServer server;
  private WebClient web;

  @BeforeEach
  void start() throws Exception {
    Optional<Path> modules = RealProvider.modules();
    assumeTrue(modules.isPresent(), "oidc-provider for Node is not installed");
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
                InstantSource.system(),
                Standing.Leads::new,
                Optional.empty()));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    RealProvider started =
        RealProvider.start(modules.orElseThrow(), folder, web.place() + "/login/oidc/callback");
    provider = Optional.of(started);
    shown.admits(
        started.access(Map.of("alices", Role.OPERATOR), List.of()),
        Optional.of(URI.create(web.place())));
  }

  @AfterEach
  void stop() {
    provider.ifPresent(RealProvider::close);
    elsewhere.close();
    if (server != null) {
      server.close();
      store.close();
    }
    meters.close();
    vertx.close().await();
  }

  /** Goes where they are sent and fills in what they are asked, until they are sent back. */
  private String agreed(String departure, String login) throws Exception {
    URI place = URI.create(departure);
    HttpRequest request = request(place).GET().build();
    for (int step = 0; step < MAX_STEPS; step++) {
      HttpResponse<String> answer = elsewhere.send(request, HttpResponse.BodyHandlers.ofString());
      Optional<String> location = answer.headers().firstValue("Location");
      if (location.isPresent()) {
        place = request.uri().resolve(location.get());
        if (place.toString().startsWith(web.place())) {
          return place.getRawPath() + "?" + place.getRawQuery();
        }
        request = request(place).GET().build();
      } else {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        request = filled(request.uri(), answer.body(), login);
      }
    }
    throw new AssertionError("asked without end, at " + place);
  }

  private static HttpRequest filled(URI page, String html, String login) {
    Matcher action = ACTION.matcher(html);
    assertThat(action.find()).as(html).isTrue();
    StringBuilder form = new StringBuilder("login=" + login + "&password=x");
    Matcher hidden = HIDDEN.matcher(html);
    while (hidden.find()) {
      form.append("&" + hidden.group(1) + "=")
          .append(URLEncoder.encode(hidden.group(2), StandardCharsets.UTF_8));
    }
    return request(page.resolve(action.group(1)))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
        .build();
  }

  private static HttpRequest.Builder request(URI place) {
    return HttpRequest.newBuilder(place).timeout(Duration.ofSeconds(20));
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  @Test
  void whoARealProviderKnowsComesInOrIsToldWhyNot() throws Exception {
    Browser alice = new Browser(web);
    String back = agreed(location(alice.get("/login/oidc?to=%2Fprobes")), "alice");
    assertThat(back).startsWith("/login/oidc/callback?code=");
    assertThat(location(alice.get(back))).isEqualTo("/probes");
    assertThat(alice.get("/probes").body()).contains("alice (via oidc)").contains("operator");
    assertThat(alice.get(back).statusCode()).as("a second time").isEqualTo(401);
  }

  @Test
  void whoIsInNoGroupThatHasARoleStaysOut() throws Exception {
    Browser bob = new Browser(web);
    String back = agreed(location(bob.get("/login/oidc")), "bob");
    HttpResponse<String> refused = bob.get(back);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("bob (via oidc)");
    assertThat(bob.get("/probes").statusCode()).isEqualTo(303);
  }
}
