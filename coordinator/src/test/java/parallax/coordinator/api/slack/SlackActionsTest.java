package parallax.coordinator.api.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Handling;
import parallax.config.secret.Secret;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notify.letter.Hostile;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.Standing;

/** Buttons that are pressed in Slack. */
final class SlackActionsTest {
  private static final String SIGNING = "a signing secret";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PATH = "/api/v1/slack/actions";

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private final AtomicReference<Instant> now = new AtomicReference<>(Examples.NOON);
  private Store store;
  private ApiServer server;
  private WebClient web;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    shown.show(List.of());
    tells(Optional.of(Secret.of(SIGNING)));
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown,
                store,
                page,
                System::nanoTime,
                now::get,
                () -> new Standing.Waits("whoever leads does not matter"),
                Optional.empty()));
    web = new WebClient(server.listen("127.0.0.1", 0).await());
    store.record(
        store.takeOver(),
        List.of(
            new Effect.IncidentChanged(
                Judged.incident(
                    "abc",
                    List.of(Examples.target("shop").name()),
                    Scope.UNCONFIRMED,
                    Examples.cause(),
                    Examples.NOON,
                    Examples.NOON,
                    List.of()))),
        Examples.NOON);
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  private void tells(Optional<Secret> signing) {
    shown.tells(
        List.of(
            new Receiver.Slack(
                "other",
                Secret.of("https://hooks.example.com/"),
                Optional.of(Secret.of("the secret of another app")),
                Handling.USUAL),
            new Receiver.SlackApp(
                "chat",
                Secret.of("xoxb"),
                "C1",
                URI.create("https://slack.com/api"),
                signing,
                Handling.USUAL)),
        new TreeMap<>());
  }

  private static String pressed(String action, String incident, JsonObject user) {
    return new JsonObject()
        .put("type", "block_actions")
        .put("user", user)
        .put("message", new JsonObject().put("text", "x".repeat(50_000)))
        .put(
            "actions",
            new JsonArray().add(new JsonObject().put("action_id", action).put("value", incident)))
        .encode();
  }

  private static String acknowledge(String incident, String user) {
    return pressed(
        "parallax_acknowledge",
        incident,
        new JsonObject().put("id", "U1").put("username", user).put("name", "other"));
  }

  private static String body(String payload) {
    return "payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8);
  }

  private static String signature(String secret, String time, String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signed = ("v0:" + time + ":" + body).getBytes(StandardCharsets.UTF_8);
      return "v0=" + HexFormat.of().formatHex(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> post(String body) {
    return post(body, SIGNING, now.get());
  }

  private HttpResponse<String> post(String body, String secret, Instant at) {
    String time = String.valueOf(at.getEpochSecond());
    return web.postAs(
        FORM,
        PATH,
        body,
        "X-Slack-Request-Timestamp",
        time,
        "X-Slack-Signature",
        signature(secret, time, body));
  }

  private List<Entry> acknowledgements() {
    return store.notebook(new IncidentId("abc")).stream()
        .filter(entry -> entry.what() instanceof Happening.Acknowledged)
        .toList();
  }

  @Test
  void theButtonAcknowledgesInTheNameOfWhoPressedItAndOnlyOnce() {
    HttpResponse<String> answer = post(body(acknowledge("abc", "alice")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(post(body(acknowledge("abc", "bob"))).statusCode()).isEqualTo(200);
    assertThat(acknowledgements()).extracting(Entry::who).containsExactly("alice (via slack)");
  }

  @Test
  void theSecretOfAnyReceiverWillDo() {
    String body = body(acknowledge("abc", "alice"));
    assertThat(post(body, "the secret of another app", now.get()).statusCode()).isEqualTo(200);
    assertThat(acknowledgements()).hasSize(1);
  }

  @Test
  void whatIsNotSignedByItOrIsOldDoesNothing() {
    String body = body(acknowledge("abc", "mallory"));
    assertThat(post(body, "a guess", now.get()).statusCode()).isEqualTo(401);
    assertThat(post(body, SIGNING, now.get().minusSeconds(301)).statusCode()).isEqualTo(401);
    assertThat(post(body, SIGNING, now.get().plusSeconds(301)).statusCode()).isEqualTo(401);
    assertThat(web.postAs(FORM, PATH, body).statusCode()).isEqualTo(401);
    String time = String.valueOf(now.get().getEpochSecond());
    assertThat(
            web.postAs(
                    FORM,
                    PATH,
                    body + "&more",
                    "X-Slack-Request-Timestamp",
                    time,
                    "X-Slack-Signature",
                    signature(SIGNING, time, body))
                .statusCode())
        .isEqualTo(401);
    assertThat(acknowledgements()).isEmpty();
  }

  @Test
  void whereNoReceiverHasASecretNobodyIsHeard() {
    shown.tells(
        List.of(new Receiver.Slack("chat", Secret.of("https://hooks.example.com/"))),
        new TreeMap<>());
    assertThat(post(body(acknowledge("abc", "alice"))).statusCode()).isEqualTo(404);
    assertThat(acknowledgements()).isEmpty();
  }

  @Test
  void itCanOnlyBePostedTo() {
    HttpResponse<String> answer = web.get(PATH);
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("POST");
  }

  @Test
  void otherButtonsAndIncidentsThatAreGoneAreTakenAndDoNothing() {
    JsonObject alice = new JsonObject().put("username", "alice");
    assertThat(post(body(pressed("some_link", "abc", alice))).statusCode()).isEqualTo(200);
    assertThat(post(body("{\"type\":\"view_submission\"}")).statusCode()).isEqualTo(200);
    assertThat(post(body(acknowledge("nothing", "alice"))).statusCode()).isEqualTo(200);
    assertThat(acknowledgements()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "payload=",
        "payload=%7B",
        "payload=%ZZ",
        "payload=[]",
        "payload=null",
        "other=1",
        "{\"type\":\"block_actions\"}"
      })
  void whatIsNoRequestOfSlackIsRefused(String body) {
    assertThat(post(body).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"username\":7}", "{\"username\":\" \\n \"}"})
  void somebodyMustHavePressedIt(String user) {
    String body = body(pressed("parallax_acknowledge", "abc", new JsonObject(user)));
    assertThat(post(body).statusCode()).isEqualTo(400);
    assertThat(acknowledgements()).isEmpty();
  }

  @Test
  void aBodyThatIsTooLargeIsNotRead() {
    String large = "payload=" + "x".repeat(1024 * 1024);
    assertThat(post(large).statusCode()).isEqualTo(413);
  }

  static List<String> hostile() {
    return Hostile.TEXTS.stream().filter(text -> !text.isBlank()).toList();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whateverSomebodyIsCalledTheNameIsOneBoundedLine(String name) {
    assertThat(post(body(acknowledge("abc", name))).statusCode()).isEqualTo(200);
    String who = acknowledgements().getFirst().who();
    assertThat(who.length()).isLessThanOrEqualTo(100);
    assertThat(who).endsWith(" (via slack)");
    assertThat(who.codePoints().filter(Character::isISOControl).count()).isZero();
    assertThat(who).doesNotContain("\u202E", "\u2066", "\u2028");
  }
}
