package parallax.coordinator.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.observation.Reason;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.notify.mail.ScriptedServer;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;
import parallax.coordinator.testing.Pipeline;

/** Receivers that fail in every way, through the desk, the record and the real carriers. */
final class FaultsOfReceiversTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final String POST = "/api/chat.postMessage";
  private static final String UPDATE = "/api/chat.update";
  private static final String PHONE = "/phone";
  private static final String TS = "1503435956.000247";
  private static final String OK = "{\"ok\":true,\"channel\":\"C0123\",\"ts\":\"" + TS + "\"}";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final WireMockServer server =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private Optional<Pipeline> pipeline = Optional.empty();

  /** What Slack does instead of taking a message. */
  enum SlackFault {
    TOO_MANY,
    BROKEN,
    CUT_BEHIND_THE_REQUEST,
    NOT_OK_FOR_NOW,
    RATE_LIMITED;

    ResponseDefinitionBuilder answer() {
      return switch (this) {
        case TOO_MANY -> aResponse().withStatus(429).withHeader("Retry-After", "20");
        case BROKEN -> aResponse().withStatus(500);
        case CUT_BEHIND_THE_REQUEST -> aResponse().withFault(Fault.EMPTY_RESPONSE);
        case NOT_OK_FOR_NOW -> aResponse().withBody("{\"ok\":false,\"error\":\"internal_error\"}");
        case RATE_LIMITED -> aResponse().withBody("{\"ok\":false,\"error\":\"ratelimited\"}");
      };
    }
  }

  @BeforeEach
  void start() {
    server.start();
    server.stubFor(post(urlPathMatching("/api/.*")).willReturn(aResponse().withBody(OK)));
    server.stubFor(post(urlEqualTo(PHONE)).willReturn(aResponse().withStatus(204)));
  }

  @AfterEach
  void stop() {
    pipeline.ifPresent(Pipeline::close);
    server.stop();
  }

  private String chat() {
    return "slack: {token: '${env:TOKEN}', channel: C0123, api: '" + server.baseUrl() + "/api'}";
  }

  /** A pipeline to one receiver, for which a phone stands in. */
  private Pipeline to(String kind, String more) {
    String yaml =
        """
        targets: [{name: shop, url: "https://shop.example.com/"}]
        receivers:
          - {name: first, otherwise: {to: phone}, %s}
          - {name: phone, webhook: {url: "%s/phone"}}
        routes: [{to: first}]
        %s
        """
            .formatted(kind, server.baseUrl(), more);
    pipeline = Optional.of(new Pipeline(folder, configuration(yaml), NOON));
    return pipeline.get();
  }

  private Configuration configuration(String yaml) {
    SecretSource secrets =
        new SecretSource() {
          @Override
          public Answer variable(String name) {
            boolean hook = name.equals("HOOK");
            return new Answer.Known(
                Secret.of(hook ? server.baseUrl() + "/services/T0/B0/secret" : "xoxb-secret"));
          }

          @Override
          public Answer file(Path path) {
            return new Answer.Missing("there are no files here");
          }
        };
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), secrets);
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded).configuration();
  }

  private static Incident shop() {
    return Judged.incident(
        "i1",
        List.of(new TargetName("shop")),
        Scope.GLOBAL,
        new Cause(Reason.HTTP_STATUS.layer(), Examples.cause().finding(), "target:shop"),
        NOON,
        NOON,
        List.of());
  }

  private static void tell(Pipeline to, Notice.Kind kind, Incident incident) {
    to.decided(new Effect.IncidentChanged(incident));
    to.decided(new Effect.Tell(new Notice(kind, incident, List.of())));
  }

  private static void opens(Pipeline to) {
    tell(to, Notice.Kind.OPENED, shop());
  }

  private static void ends(Pipeline to) {
    tell(to, Notice.Kind.RESOLVED, Judged.resolved(shop(), to.now()));
  }

  /** Fails once, and is fine after that. */
  private void failsOnce(ResponseDefinitionBuilder answer) {
    server.stubFor(
        post(urlEqualTo(POST))
            .inScenario("once")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(answer)
            .willSetStateTo("well"));
  }

  private List<JsonObject> asked(String path) {
    return server.findAll(postRequestedFor(urlEqualTo(path))).stream()
        .map(request -> new JsonObject(request.getBodyAsString()))
        .toList();
  }

  private static void isTheBeginning(JsonObject post) {
    assertThat(post.containsKey("thread_ts")).isFalse();
    assertThat(post.getString("text")).startsWith("🔴 shop is down for everybody");
  }

  private List<String> phoned() {
    return asked(PHONE).stream().map(document -> document.getString("event")).toList();
  }

  @ParameterizedTest
  @EnumSource(SlackFault.class)
  void whatSlackDoesNotTakeAtOnceArrivesOnceInItsOrder(SlackFault fault) {
    failsOnce(fault.answer());
    Pipeline chat = to(chat(), "");
    opens(chat);
    assertThat(chat.failing()).containsOnlyKeys("first");
    chat.pass(Duration.ofSeconds(30));
    ends(chat);
    assertThat(chat.outcomes())
        .containsExactly("first retried", "first delivered", "first delivered");
    assertThat(chat.failing()).isEmpty();
    List<JsonObject> posts = asked(POST);
    assertThat(posts).hasSize(3);
    assertThat(posts.subList(0, 2)).allSatisfy(FaultsOfReceiversTest::isTheBeginning);
    assertThat(posts.get(1).getString("client_msg_id"))
        .isEqualTo(posts.get(0).getString("client_msg_id"));
    assertThat(posts.get(2).getString("thread_ts")).isEqualTo(TS);
    assertThat(asked(UPDATE)).hasSize(1);
    assertThat(phoned()).isEmpty();
  }

  @Test
  void theWaitThatSlackAsksForIsKept() {
    failsOnce(SlackFault.TOO_MANY.answer());
    Pipeline chat = to(chat(), "");
    opens(chat);
    chat.pass(Duration.ofSeconds(19));
    assertThat(asked(POST)).hasSize(1);
    chat.pass(Duration.ofSeconds(2));
    assertThat(asked(POST)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(SlackFault.class)
  void whileSlackFailsTheSecondChannelHearsWithinAMinuteAndNothingIsLost(SlackFault fault) {
    server.stubFor(post(urlEqualTo(POST)).willReturn(fault.answer()));
    Pipeline chat = to(chat(), "");
    opens(chat);
    chat.pass(MINUTE);
    assertThat(phoned()).containsExactly("down");
    assertThat(chat.failing()).containsOnlyKeys("first");
    server.stubFor(post(urlEqualTo(POST)).willReturn(aResponse().withBody(OK)));
    ends(chat);
    chat.pass(MINUTE.multipliedBy(6));
    assertThat(phoned()).containsExactly("down", "up");
    assertThat(chat.failing()).isEmpty();
    assertThat(chat.store().deliveries(shop().id()))
        .allSatisfy(letter -> assertThat(letter.delivered()).isPresent());
    List<JsonObject> posts = asked(POST);
    assertThat(posts.getLast().getString("thread_ts")).isEqualTo(TS);
    assertThat(posts.subList(0, posts.size() - 1))
        .allSatisfy(FaultsOfReceiversTest::isTheBeginning)
        .extracting(post -> post.getString("client_msg_id"))
        .containsOnly(posts.getFirst().getString("client_msg_id"));
  }

  @Test
  void theThreadIsFoundAgainAfterARestart() {
    Pipeline chat = to(chat(), "");
    opens(chat);
    chat.restart();
    ends(chat);
    assertThat(asked(POST)).hasSize(2);
    assertThat(asked(POST).getLast().getString("thread_ts")).isEqualTo(TS);
    assertThat(asked(UPDATE)).hasSize(1);
  }

  @Test
  void thatAReceiverFailsIsKnownAfterARestart() {
    server.stubFor(post(urlEqualTo(POST)).willReturn(SlackFault.NOT_OK_FOR_NOW.answer()));
    Pipeline chat = to(chat(), "");
    opens(chat);
    chat.restart();
    assertThat(chat.failing()).containsOnlyKeys("first");
    chat.pass(MINUTE);
    assertThat(phoned()).containsExactly("down");
  }

  @ParameterizedTest
  @CsvSource({"403, invalid_token", "404, no_service", "410, channel_is_archived"})
  void aRevokedWebhookOfSlackIsLeftAloneAndTheSecondChannelHears(int status, String said) {
    server.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status).withBody(said)));
    server.stubFor(post(urlEqualTo(PHONE)).willReturn(aResponse().withStatus(204)));
    Pipeline chat = to("slack: {webhook: '${env:HOOK}'}", "");
    opens(chat);
    chat.pass(MINUTE);
    assertThat(phoned()).containsExactly("down");
    assertThat(chat.outcomes()).containsExactly("first given_up", "phone delivered");
    ends(chat);
    assertThat(phoned()).containsExactly("down", "up");
    assertThat(chat.failing()).containsOnlyKeys("first");
  }

  private static String smtp(ScriptedServer mail, String tls) {
    return "smtp: {host: 127.0.0.1, port: %d, tls: %s, from: parallax@example.org}"
        .formatted(mail.port(), tls);
  }

  @Test
  void aMailServerThatAsksForPatienceGetsTheLetterLater() throws Exception {
    try (ScriptedServer mail = ScriptedServer.start(Optional.empty())) {
      mail.says("RCPT", "451 4.7.1 greylisted");
      Pipeline desk = to("email: {to: oncall@example.org}", smtp(mail, "none"));
      opens(desk);
      assertThat(desk.outcomes()).containsExactly("first retried");
      mail.says("RCPT", "250 ok");
      desk.pass(Duration.ofSeconds(30));
      ends(desk);
      assertThat(desk.outcomes())
          .containsExactly("first retried", "first delivered", "first delivered");
      assertThat(mail.messages()).hasSize(2);
      assertThat(mail.messages().getLast()).contains("In-Reply-To:");
      assertThat(phoned()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 nobody, given_up",
    "RCPT, 451 4.7.1 greylisted, retried",
    ".,    554 5.7.1 no,     given_up",
    ".,    cut,              retried",
    "DATA, stall,            retried"
  })
  void whatAMailServerRefusesOnceArrivesOrBringsTheSecondChannel(
      String at, String says, String outcome) throws Exception {
    try (ScriptedServer mail = ScriptedServer.start(Optional.empty())) {
      mail.says(at, says);
      Pipeline desk = to("email: {to: oncall@example.org}", smtp(mail, "none"));
      opens(desk);
      assertThat(desk.outcomes()).containsExactly("first " + outcome);
      assertThat(desk.failing()).containsOnlyKeys("first");
      mail.says(at, at.equals("DATA") ? "354 go on" : "250 ok");
      // What was stalled took real time; what is tried again now arrives before the minute is over.
      desk.pass(MINUTE);
      boolean lost = outcome.equals("given_up");
      assertThat(phoned()).isEqualTo(lost ? List.of("down") : List.of());
      assertThat(desk.outcomes().contains("first delivered")).isNotEqualTo(lost);
      ends(desk);
      assertThat(phoned()).isEqualTo(lost ? List.of("down", "up") : List.of());
    }
  }

  @ParameterizedTest
  @CsvSource({"RCPT, 451 4.7.1 greylisted", "., cut", "GREETING, 421 4.3.2 closing"})
  void whileAMailServerFailsTheSecondChannelHearsWithinAMinuteAndNothingIsLost(
      String at, String says) throws Exception {
    try (ScriptedServer mail = ScriptedServer.start(Optional.empty())) {
      mail.says(at, says);
      Pipeline desk = to("email: {to: oncall@example.org}", smtp(mail, "none"));
      opens(desk);
      desk.pass(MINUTE);
      assertThat(phoned()).containsExactly("down");
      mail.says(at, at.equals("GREETING") ? "220 scripted" : "250 ok");
      ends(desk);
      desk.pass(MINUTE.multipliedBy(6));
      assertThat(phoned()).containsExactly("down", "up");
      assertThat(desk.store().deliveries(shop().id()))
          .allSatisfy(letter -> assertThat(letter.delivered()).isPresent());
      assertThat(desk.failing()).isEmpty();
      assertThat(mail.messages().getLast()).contains("In-Reply-To:");
    }
  }

  @Test
  void brokenTlsIsNoReasonToGoOnWithoutAndTheSecondChannelHears() throws Exception {
    // Without keys no handshake of a server succeeds.
    try (ScriptedServer mail = ScriptedServer.start(Optional.of(SSLContext.getDefault()))) {
      Pipeline desk = to("email: {to: oncall@example.org}", smtp(mail, "starttls"));
      opens(desk);
      desk.pass(MINUTE);
      assertThat(desk.outcomes())
          .contains("phone delivered")
          .filteredOn(outcome -> outcome.startsWith("first"))
          .isNotEmpty()
          .containsOnly("first retried");
      assertThat(phoned()).containsExactly("down");
      assertThat(mail.messages()).isEmpty();
      assertThat(mail.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }
  }
}
