package parallax.coordinator.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Receiver;
import parallax.config.policy.Route;
import parallax.config.secret.Secret;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Room;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Judged;

/** Real HTTP, a real store; only the receiver is a stand-in. */
final class OutboxTest {
  private static final String SECRET = "/services/T0/B0/very-secret";
  private static final Instant OPENED = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder;
  private final WireMockServer receiver =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
  private Store store;
  private Epoch epoch;
  private Outbox outbox;

  @BeforeEach
  void start() {
    receiver.start();
    store = SqliteStore.open(folder);
    epoch = store.takeOver();
    outbox = outboxFor(receiver.baseUrl() + SECRET);
  }

  @AfterEach
  void stop() {
    outbox.close();
    store.close();
    receiver.stop();
  }

  @Test
  void aNoticeIsDeliveredOnceWithItsKeyAndItsWords() throws Exception {
    answer(aResponse().withStatus(200));
    tell(Notice.Kind.OPENED);
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook delivered");
    tell(Notice.Kind.RESOLVED);
    assertThat(nextOutcome()).isEqualTo("hook delivered");
    receiver.verify(
        1,
        postRequestedFor(urlEqualTo(SECRET))
            .withHeader("Idempotency-Key", equalTo("i1:OPENED:hook"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withRequestBody(matchingJsonPath("$.event", equalTo("down")))
            .withRequestBody(matchingJsonPath("$.target", equalTo("shop")))
            .withRequestBody(
                matchingJsonPath(
                    "$.summary",
                    equalTo(
                        "shop is not working: TCP: connection refused: 192.0.2.1:80; unconfirmed:"
                            + " seen from one place only; since 2026-11-21T11:59:55Z")))
            .withRequestBody(matchingJsonPath("$.incident.cause.code")));
    receiver.verify(
        1,
        postRequestedFor(urlEqualTo(SECRET))
            .withRequestBody(matchingJsonPath("$.event", equalTo("up")))
            .withRequestBody(
                matchingJsonPath("$.summary", equalTo("shop is UP again after 1 min 5 s"))));
    assertThat(
            store.claim(
                InstantSource.system().instant().plus(Duration.ofDays(365)),
                Duration.ZERO,
                Room.of(10)))
        .isEmpty();
  }

  @Test
  void aFailingReceiverIsTriedAgainAndThenLeftInPeace() throws Exception {
    receiver.stubFor(
        post(urlEqualTo(SECRET))
            .inScenario("ill")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(503))
            .willSetStateTo("well"));
    receiver.stubFor(
        post(urlEqualTo(SECRET))
            .inScenario("ill")
            .whenScenarioStateIs("well")
            .willReturn(aResponse().withStatus(204)));
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook retried");
    assertThat(nextOutcome()).isEqualTo("hook delivered");
    receiver.verify(2, postRequestedFor(urlEqualTo(SECRET)));
    assertThat(delivery().attempts()).isEqualTo(2);
  }

  @Test
  void aWaitThatTheReceiverAsksForIsKept() throws Exception {
    answer(aResponse().withStatus(429).withHeader("Retry-After", "600"));
    Instant before = InstantSource.system().instant();
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook retried");
    assertThat(store.claim(before.plusSeconds(590), Duration.ZERO, Room.of(10))).isEmpty();
    assertThat(store.claim(before.plusSeconds(660), Duration.ZERO, Room.of(10))).hasSize(1);
  }

  @Test
  void aRefusedMessageIsNotRepeated() throws Exception {
    answer(aResponse().withStatus(400));
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook given_up");
    assertThat(delivery().lastError()).contains("status 400");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    answer(aResponse().withStatus(302).withHeader("Location", receiver.baseUrl() + "/other"));
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook given_up");
    receiver.verify(0, postRequestedFor(urlEqualTo("/other")));
  }

  @Test
  void brokenConnectionsAreTriedAgainWithoutNamingTheSecretUrl() throws Exception {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook retried");
    assertThat(delivery().lastError().orElseThrow()).isNotEmpty().doesNotContain("secret");
  }

  @Test
  void aReceiverThatIsNotThereIsTriedAgain() throws Exception {
    outbox.close();
    outbox = outboxFor("http://127.0.0.1:1/very-secret");
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook retried");
    assertThat(delivery().lastError()).contains("cannot connect");
  }

  @Test
  void aReceiverThatLeftTheConfigurationIsGivenUp() throws Exception {
    store.record(
        epoch,
        List.of(new Effect.Tell(new Notice(Notice.Kind.OPENED, incident(), List.of("gone")))),
        InstantSource.system().instant());
    outbox.wake();
    assertThat(nextOutcome()).isEqualTo("gone given_up");
  }

  @Test
  void aWebhookWithASecretIsSigned() throws Exception {
    answer(aResponse().withStatus(200));
    outbox.close();
    Secret secret = Secret.of("a secret of theirs and ours");
    outbox =
        outboxFor(
            List.of(
                new Receiver.Webhook(
                    "hook", Secret.of(receiver.baseUrl() + SECRET), Optional.of(secret))));
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook delivered");
    receiver.verify(
        1,
        postRequestedFor(urlEqualTo(SECRET))
            .withHeader("X-Parallax-Signature", matching("t=[0-9]+,v1=[0-9a-f]{64}")));
  }

  @Test
  void aReceiverThatHangsKeepsNobodyElseWaiting() throws Exception {
    receiver.stubFor(
        post(urlEqualTo("/hung")).willReturn(aResponse().withFixedDelay(60_000).withStatus(200)));
    receiver.stubFor(post(urlEqualTo("/well")).willReturn(aResponse().withStatus(200)));
    outbox.close();
    List<Effect> both = new ArrayList<>();
    for (int number = 0; number < 3 * Outbox.MAX_IN_FLIGHT; number++) {
      Incident incident = incident("n" + number);
      both.add(new Effect.Tell(new Notice(Notice.Kind.OPENED, incident, List.of("hung", "well"))));
    }
    store.record(epoch, both, InstantSource.system().instant());
    outbox =
        outboxFor(
            List.of(
                new Receiver.Webhook("hung", Secret.of(receiver.baseUrl() + "/hung")),
                new Receiver.Webhook("well", Secret.of(receiver.baseUrl() + "/well"))));
    for (int number = 0; number < 3 * Outbox.MAX_IN_FLIGHT; number++) {
      assertThat(nextOutcome()).isEqualTo("well delivered");
    }
    assertThat(receiver.findAll(postRequestedFor(urlEqualTo("/hung"))))
        .hasSizeLessThanOrEqualTo(Outbox.MAX_TO_ONE);
  }

  @Test
  void twoCoordinatorsSendEachNoticeOnce() throws Exception {
    answer(aResponse().withStatus(200).withFixedDelay(5));
    int notices = 100;
    List<Effect> all = new ArrayList<>();
    for (int number = 0; number < notices; number++) {
      Incident incident = incident("n" + number);
      all.add(new Effect.Tell(new Notice(Notice.Kind.OPENED, incident, List.of("hook"))));
    }
    try (Outbox other = outboxFor(receiver.baseUrl() + SECRET)) {
      store.record(epoch, all, InstantSource.system().instant());
      other.wake();
      outbox.wake();
      for (int number = 0; number < notices; number++) {
        assertThat(nextOutcome()).isEqualTo("hook delivered");
      }
    }
    assertThat(receiver.findAll(postRequestedFor(urlEqualTo(SECRET))))
        .extracting(request -> request.getHeader("Idempotency-Key"))
        .hasSize(notices)
        .doesNotHaveDuplicates();
  }

  @Test
  void aReceiverFailsFromTheOldestNoticeOnUntilSomethingArrives() throws Exception {
    receiver.stubFor(
        post(urlEqualTo(SECRET))
            .inScenario("back")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(503))
            .willSetStateTo("well"));
    receiver.stubFor(
        post(urlEqualTo(SECRET))
            .inScenario("back")
            .whenScenarioStateIs("well")
            .willReturn(aResponse().withStatus(200)));
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook retried");
    assertThat(outbox.failing()).containsExactly(Map.entry("hook", delivery().planned()));
    assertThat(nextOutcome()).isEqualTo("hook delivered");
    assertThat(outbox.failing()).isEmpty();
  }

  @Test
  void whatALaterNoticeTellsIsNotSentAnyMore() throws Exception {
    answer(aResponse().withStatus(200));
    tell(Notice.Kind.OPENED);
    assertThat(nextOutcome()).isEqualTo("hook delivered");
    Incident incident = incident();
    List<Effect> later = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      later.add(told(Notice.Kind.REMINDER, incident, number, Notice.Along.NOTHING));
    }
    later.add(told(Notice.Kind.RESOLVED, resolved(), 0, Notice.Along.NOTHING));
    store.record(epoch, later, InstantSource.system().instant());
    outbox.wake();
    assertThat(List.of(nextOutcome(), nextOutcome(), nextOutcome(), nextOutcome()))
        .containsExactly("hook superseded", "hook superseded", "hook superseded", "hook delivered");
    assertThat(keys()).containsExactly("i1:OPENED:hook", "i1:RESOLVED:hook");
  }

  @Test
  void incidentsThatAreToldTogetherAreOneLetter() throws Exception {
    answer(aResponse().withStatus(200));
    Incident first = incident("first");
    Incident second = incident("second");
    Notice.Along both =
        new Notice.Along(2, Optional.empty(), List.of(second.id()), Optional.empty());
    Notice.Along within = new Notice.Along(0, Optional.empty(), List.of(), Optional.of(first.id()));
    store.record(
        epoch,
        List.of(
            new Effect.IncidentChanged(first),
            new Effect.IncidentChanged(second),
            told(Notice.Kind.OPENED, first, 0, both),
            told(Notice.Kind.OPENED, second, 0, within)),
        InstantSource.system().instant());
    outbox.wake();
    assertThat(nextOutcome()).isEqualTo("hook delivered");
    assertThat(nextOutcome()).isEqualTo("hook delivered");
    assertThat(keys()).containsExactly("first:OPENED:hook");
    assertThat(store.deliveries(second.id()).getFirst().delivered()).isPresent();
    receiver.verify(
        1,
        postRequestedFor(urlEqualTo(SECRET))
            .withRequestBody(matchingJsonPath("$.held", equalTo("2")))
            .withRequestBody(matchingJsonPath("$.others[0]", equalTo("second"))));
  }

  private static Effect told(Notice.Kind kind, Incident incident, int number, Notice.Along along) {
    return new Effect.Tell(new Notice(kind, incident, number, along, List.of("hook")));
  }

  private List<String> keys() {
    return receiver.findAll(postRequestedFor(urlEqualTo(SECRET))).stream()
        .map(request -> request.getHeader("Idempotency-Key"))
        .toList();
  }

  private Outbox outboxFor(String url) {
    return outboxFor(List.of(new Receiver.Webhook("hook", Secret.of(url))));
  }

  private Outbox outboxFor(List<Receiver> receivers) {
    Configuration configuration =
        new Configuration(
            List.of(),
            List.of(),
            List.of(),
            receivers,
            List.of(new Route(new TreeMap<>(), List.of("hook"), Optional.empty(), List.of())),
            DecisionRules.USUAL,
            Optional.empty(),
            "r1");
    return Outbox.start(
        new Outbox.Settings(
            store,
            () -> configuration,
            InstantSource.system(),
            new SplittableRandom(1),
            "test",
            (name, outcome) -> outcomes.add(name + " " + outcome)));
  }

  private void answer(ResponseDefinitionBuilder response) {
    receiver.stubFor(post(urlEqualTo(SECRET)).willReturn(response));
  }

  private void tell(Notice.Kind kind) {
    Incident incident = kind == Notice.Kind.OPENED ? incident() : resolved();
    Instant now = InstantSource.system().instant();
    store.record(epoch, List.of(new Effect.Tell(new Notice(kind, incident, List.of("hook")))), now);
    outbox.wake();
  }

  private String nextOutcome() throws InterruptedException {
    return String.valueOf(outcomes.poll(15, TimeUnit.SECONDS));
  }

  private Store.Delivery delivery() {
    return store.deliveries(new IncidentId("i1")).getFirst();
  }

  private static Incident incident() {
    return incident("i1");
  }

  private static Incident incident(String id) {
    return Judged.incident(
        id,
        List.of(new TargetName("shop")),
        Scope.UNCONFIRMED,
        new Cause(
            Optional.of(Layer.TCP),
            new Finding(Reason.CONNECTION_REFUSED, "192.0.2.1:80"),
            "target:shop"),
        OPENED.minusSeconds(5),
        OPENED,
        List.of());
  }

  private static Incident resolved() {
    return Judged.resolved(incident(), OPENED.plus(Duration.ofSeconds(60)));
  }
}
