package parallax.probe.blackbox.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.fixture.TestAuthority;

/** Who comes in by a password, how often, and what they are told beside the page. */
final class WebDoorTest {
  @TempDir static Path certificates;

  private static TestAuthority authority;
  private static Vertx vertx;

  @TempDir Path folder;

  private DoorScene scene;

  @BeforeAll
  static void certify() {
    vertx = Vertx.vertx();
    authority = new TestAuthority(certificates);
  }

  @AfterAll
  static void end() throws Exception {
    DoorScene.await(vertx.close());
  }

  @BeforeEach
  void begin() {
    scene = new DoorScene(vertx, authority, folder);
  }

  @AfterEach
  void stop() throws Exception {
    scene.stop();
  }

  @Test
  void whoKnowsAPasswordComesIn() throws Exception {
    int port = scene.serve("basic_auth_users: {alice: " + DoorScene.HASH + "}\n");
    DoorScene.Answer turnedAway = scene.ask(DoorScene.plain(), port);
    assertThat(turnedAway.status()).isEqualTo(401);
    assertThat(turnedAway.body()).isEqualTo("Unauthorized\n");
    assertThat(turnedAway.headers()).containsEntry("www-authenticate", "Basic");
    for (int times = 0; times < 2; times++) {
      assertThat(
              scene
                  .ask(DoorScene.plain(), port, "Authorization", DoorScene.password("alice:sesame"))
                  .status())
          .isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice:Sesame",
        "alice:",
        ":sesame",
        "bob:sesame",
        "alice",
        "",
        "alice:sesame\0",
        ":"
      })
  void whoDoesNotIsTurnedAway(String pair) throws Exception {
    int port = scene.serve("basic_auth_users: {alice: " + DoorScene.HASH + "}\n");
    for (int times = 0; times < 2; times++) {
      assertThat(
              scene
                  .ask(DoorScene.plain(), port, "Authorization", DoorScene.password(pair))
                  .status())
          .isEqualTo(401);
    }
    assertThat(scene.ask(DoorScene.plain(), port, "Authorization", "Basic =?").status())
        .isEqualTo(401);
    assertThat(scene.ask(DoorScene.plain(), port, "Authorization", "Bearer sesame").status())
        .isEqualTo(401);
  }

  @Test
  void aPasswordThatIsTakenAwayIsOfNoUseWithTheNextRequest() throws Exception {
    int port = scene.serve("basic_auth_users: {alice: " + DoorScene.HASH + "}\n");
    assertThat(
            scene
                .ask(DoorScene.plain(), port, "Authorization", DoorScene.password("alice:sesame"))
                .status())
        .isEqualTo(200);
    scene.write("basic_auth_users: {robert: " + DoorScene.HASH + "}\n");
    assertThat(
            scene
                .ask(DoorScene.plain(), port, "Authorization", DoorScene.password("alice:sesame"))
                .status())
        .isEqualTo(401);
    assertThat(
            scene
                .ask(DoorScene.plain(), port, "Authorization", DoorScene.password("robert:sesame"))
                .status())
        .isEqualTo(200);
  }

  @Test
  void aFileThatIsBrokenLeavesWhatWasInForce() throws Exception {
    int port = scene.serve("basic_auth_users: {alice: " + DoorScene.HASH + "}\n");
    scene.write("basic_auth_users: []\n");
    assertThat(scene.ask(DoorScene.plain(), port).status()).isEqualTo(401);
    Files.delete(scene.folder().resolve("web.yml"));
    assertThat(scene.ask(DoorScene.plain(), port).status()).isEqualTo(401);
    assertThat(
            scene
                .ask(DoorScene.plain(), port, "Authorization", DoorScene.password("alice:sesame"))
                .status())
        .isEqualTo(200);
  }

  /** More than may wait come at once; who did not wait is told to come again. */
  @Test
  void passwordsAreComparedOneAfterTheOtherAndFewWait() throws Exception {
    String slow = "$2b$10$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O";
    int port = scene.serve("basic_auth_users: {alice: \"" + slow + "\"}\n");
    int asked = 3 * WebDoor.MAX_WAITING;
    // Kept until all have answered: a client that is forgotten is closed.
    HttpClient client =
        scene
            .vertx()
            .createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(asked));
    List<Future<Integer>> answers =
        IntStream.range(0, asked)
            .mapToObj(
                at ->
                    client
                        .request(
                            new RequestOptions()
                                .setHost("127.0.0.1")
                                .setPort(port)
                                .putHeader("Authorization", DoorScene.password("alice:" + at)))
                        .compose(io.vertx.core.http.HttpClientRequest::send)
                        .map(io.vertx.core.http.HttpClientResponse::statusCode))
            .toList();
    Map<Integer, Integer> counted = new HashMap<>();
    for (Future<Integer> answer : answers) {
      counted.merge(DoorScene.await(answer), 1, Integer::sum);
    }
    assertThat(counted.keySet()).containsOnly(401, 503);
    assertThat(counted.get(401)).isGreaterThanOrEqualTo(WebDoor.MAX_WAITING);
    DoorScene.await(client.close());
  }

  @Test
  void headersAreAddedToEveryAnswer() throws Exception {
    int port =
        scene.serve(
            """
            basic_auth_users: {alice: %s}
            http_server_config:
              headers: {X-Frame-Options: deny, Content-Security-Policy: default-src 'none'}
            """
                .formatted(DoorScene.HASH));
    for (String[] headers :
        List.of(
            new String[0], new String[] {"Authorization", DoorScene.password("alice:sesame")})) {
      assertThat(scene.ask(DoorScene.plain(), port, headers).headers())
          .containsEntry("x-frame-options", "deny")
          .containsEntry("content-security-policy", "default-src 'none'");
    }
  }

  @Test
  void whoComesTooOftenIsToldSo() throws Exception {
    int port = scene.serve("rate_limit: {interval: 1s, burst: 2}\n");
    assertThat(scene.ask(DoorScene.plain(), port).status()).isEqualTo(200);
    assertThat(scene.ask(DoorScene.plain(), port).status()).isEqualTo(200);
    DoorScene.Answer refused = scene.ask(DoorScene.plain(), port);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).isEqualTo("Too Many Requests\n");
    scene.pass(Duration.ofSeconds(1));
    assertThat(scene.ask(DoorScene.plain(), port).status()).isEqualTo(200);
    assertThat(scene.ask(DoorScene.plain(), port).status()).isEqualTo(429);
  }
}
