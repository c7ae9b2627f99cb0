package parallax.coordinator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.access.Access;
import parallax.config.access.OidcProvider;
import parallax.config.policy.ApiToken.Role;
import parallax.config.secret.Secret;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;

/**
 * Signing in at a provider that others wrote: oidc-provider for Node, where npm keeps what is
 * installed for all, or in the folder that {@code -Dparallax.node.modules} names.
 */
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
  private Optional<Process> node = Optional.empty();
  private Store store;
  private ApiServer server;
  private WebClient web;

  @BeforeEach
  void start() throws Exception {
    Optional<Path> modules = modules();
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
    URI issuer = provider(modules.orElseThrow(), web.place() + "/login/oidc/callback");
    shown.admits(
        new Access(
            List.of(),
            Optional.of(
                new OidcProvider(
                    issuer,
                    "parallax",
                    Secret.of("s3cr/t +:&"),
                    Optional.empty(),
                    List.of("profile", "groups"),
                    "groups",
                    new TreeMap<>(Map.of("alices", Role.OPERATOR)))),
            false,
            List.of()),
        Optional.of(URI.create(web.place())));
  }

  @AfterEach
  void stop() {
    node.ifPresent(Process::destroyForcibly);
    elsewhere.close();
    if (server != null) {
      server.close();
      store.close();
    }
    meters.close();
    vertx.close().await();
  }

  private static Optional<Path> modules() throws IOException, InterruptedException {
    String named = System.getProperty("parallax.node.modules", "");
    String root = named.isEmpty() ? globalModules() : named;
    return Optional.of(Path.of(root))
        .filter(all -> !root.isEmpty() && Files.isDirectory(all.resolve("oidc-provider")));
  }

  private static String globalModules() throws IOException, InterruptedException {
    try {
      Process npm =
          new ProcessBuilder("npm", "root", "-g")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader out = lines(npm)) {
        String line = out.readLine();
        assertThat(npm.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return line == null ? "" : line.strip();
      }
    } catch (IOException e) {
      return "";
    }
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private URI provider(Path modules, String back) throws Exception {
    var script = Objects.requireNonNull(RealProviderTest.class.getResource("provider.mjs"));
    Process started =
        new ProcessBuilder(
                "node",
                Path.of(script.toURI()).toString(),
                modules.toAbsolutePath().toString(),
                back)
            .redirectError(folder.resolve("node.log").toFile())
            .start();
    node = Optional.of(started);
    BufferedReader out = lines(started);
    String line =
        CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return String.valueOf(out.readLine());
                  } catch (IOException e) {
                    return e.toString();
                  }
                })
            .get(30, TimeUnit.SECONDS);
    assertThat(line).as(Files.readString(folder.resolve("node.log"))).startsWith("http://");
    return URI.create(line);
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
