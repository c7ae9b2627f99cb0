package parallax.coordinator.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.fault.Steps;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;
import parallax.coordinator.CoordinatorNode;
import parallax.coordinator.Peering;
import parallax.coordinator.configuration.change.Approvals;
import parallax.coordinator.configuration.change.Configurations;
import parallax.coordinator.configuration.git.BareRepository;
import parallax.coordinator.configuration.git.GitSource;
import parallax.coordinator.configuration.git.address.GitAddressText;
import parallax.coordinator.configuration.hook.PullHook;
import parallax.coordinator.ingest.CoreDecider;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;

/** A push to a real repository, told by a webhook, on coordinators that ask once an hour. */
final class PullHookTest {
  private static final String PATH = "/api/v1/configuration/pull";
  private static final Secret SECRET = Secret.of("a-secret-of-some-length");

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger pulls = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicReference<Optional<GitWatcher>> watcher =
      new AtomicReference<>(Optional.empty());
  private BareRepository remote;
  private GitSource source;
  private Store store;
  private CoordinatorNode leader;
  private CoordinatorNode follower;

  @BeforeEach
  void start() throws Exception {
    remote = new BareRepository(folder.resolve("remote.git"));
    push("one");
    store = SqliteStore.open(folder.resolve("data"));
    leader = node(Optional.of(new PullHook(SECRET, this::poke)));
    follower = node(Optional.of(new PullHook(SECRET, () -> {})));
    leader.lead();
    follower.follow(URI.create("http://127.0.0.1:" + leader.port()));
    var address = (GitAddressText.Parsed.Git) GitAddressText.parse("file://" + remote.folder());
    source = GitSource.open(GitSource.Settings.usual(address.address(), folder.resolve("mirror")));
    GitWatcher begun =
        new GitWatcher(
            new GitWatcher.Begin(
                source, SecretSource.ofMachine(), "", Instant.EPOCH, this::counted),
            new Gate(Examples.configuration("none"), Approvals.NONE, leader),
            Duration.ofHours(1));
    watcher.set(Optional.of(begun));
    begun.start();
    Waiting.until("begun", () -> targets().equals(List.of("one")));
  }

  @AfterEach
  void stop() {
    watcher.get().ifPresent(GitWatcher::close);
    leader.close();
    follower.close();
    source.close();
    store.close();
    remote.close();
    vertx.close().await();
  }

  /** The watcher reads the clock whenever the repository answers. */
  private Instant counted() {
    answers.incrementAndGet();
    return InstantSource.system().instant();
  }

  private void poke() {
    pulls.incrementAndGet();
    watcher.get().ifPresent(GitWatcher::poke);
  }

  private CoordinatorNode node(Optional<PullHook> hook) {
    return CoordinatorNode.among(
        new CoordinatorNode.Settings(
            vertx,
            "127.0.0.1",
            0,
            store,
            Examples.configuration("none"),
            InstantSource.system(),
            (_, _, _, _) -> {},
            "1.2.3",
            new Peering("one", Steps.UNWATCHED, 1000, List::of, List::of, List::of).with(hook)),
        CoreDecider::restored);
  }

  private void push(String... targets) {
    remote.file("targets.yaml", Configurations.yaml(List.of(targets))).commit("targets");
  }

  private List<String> targets() {
    return new WebClient(leader.port())
        .json("/api/v1/targets").getJsonArray("items").stream()
            .map(item -> ((JsonObject) item).getString("name"))
            .toList();
  }

  private static String signature(Secret secret, String body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static HttpResponse<String> post(CoordinatorNode node, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + PATH))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .timeout(Duration.ofSeconds(20));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aPushThatIsToldIsInForceWithinTwoSecondsWhoeverIsTold() throws Exception {
    push("one", "two");
    long began = System.nanoTime();
    String body = "{\"ref\":\"refs/heads/main\"}";
    HttpResponse<String> answer =
        post(follower, body, "X-Hub-Signature-256", signature(SECRET, body));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"status\":\"taken\"}");
    Waiting.until("in force", () -> targets().equals(List.of("one", "two")));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    assertThat(new WebClient(leader.port()).get("/metrics").body())
        .contains("parallax_config_webhooks_total{outcome=\"taken\"} 1");
  }

  @Test
  void howeverManyAskTheRepositoryIsAskedOnceInAWhile() throws Exception {
    int before = answers.get();
    long began = System.nanoTime();
    for (int knock = 0; knock < 10; knock++) {
      assertThat(post(leader, "", "X-Gitlab-Token", SECRET.reveal()).statusCode()).isEqualTo(202);
    }
    assertThat(pulls).hasValue(10);
    Waiting.until("asked for all that came meanwhile", () -> answers.get() == before + 2);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(GitWatcher.PACE);
  }

  @Test
  void theSecretOfGitLabAndABearerAreTakenAsWell() throws Exception {
    assertThat(post(leader, "", "X-Gitlab-Token", SECRET.reveal()).statusCode()).isEqualTo(202);
    assertThat(post(leader, "", "Authorization", "bearer " + SECRET.reveal()).statusCode())
        .isEqualTo(202);
    assertThat(pulls).hasValue(2);
  }

  @Test
  void whoDoesNotKnowTheSecretIsRefusedAndToldNothing() throws Exception {
    Secret other = Secret.of("another-secret-of-length");
    String[][] wrong = {
      {"X-Hub-Signature-256", signature(other, "{}")},
      {"X-Hub-Signature-256", signature(SECRET, "{ }")},
      {"X-Hub-Signature-256", "sha256=zz"},
      {"X-Hub-Signature-256", "sha1=" + signature(SECRET, "{}").substring(7)},
      {"X-Gitlab-Token", other.reveal()},
      {"X-Gitlab-Token", SECRET.reveal() + "x"},
      {"Authorization", "Basic " + SECRET.reveal()},
      {"Authorization", "Bearer"},
      {"Accept", "*/*"},
    };
    for (String[] headers : wrong) {
      HttpResponse<String> answer = post(leader, "{}", headers);
      assertThat(answer.statusCode()).as(String.join(" ", headers)).isEqualTo(401);
      assertThat(answer.body()).doesNotContain("remote.git").doesNotContain(SECRET.reveal());
    }
    assertThat(pulls).hasValue(0);
    assertThat(new WebClient(leader.port()).get(PATH).statusCode()).isEqualTo(405);
    assertThat(new WebClient(leader.port()).get(PATH).headers().firstValue("Allow"))
        .contains("POST");
  }

  @Test
  void withoutASecretThereIsNothing() throws Exception {
    try (CoordinatorNode plain = node(Optional.empty())) {
      plain.lead();
      assertThat(post(plain, "{}", "X-Gitlab-Token", SECRET.reveal()).statusCode()).isEqualTo(404);
      assertThat(new WebClient(plain.port()).get(PATH).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aBodyThatIsTooLargeIsNotTaken() throws Exception {
    // The head alone: whoever is still sending when it is refused may not get to read why.
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), leader.port())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nX-Gitlab-Token: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(PATH, SECRET.reveal(), 1024 * 1024 + 1);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 413".length());
      assertThat(new String(status, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
    }
    assertThat(pulls).hasValue(0);
    String fits = "x".repeat(1024 * 1024);
    assertThat(post(leader, fits, "X-Hub-Signature-256", signature(SECRET, fits)).statusCode())
        .isEqualTo(202);
  }

  @Test
  void aSecretThatCouldBeGuessedIsNone() {
    assertThatThrownBy(() -> new PullHook(Secret.of("short"), () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("short\"");
  }
}
