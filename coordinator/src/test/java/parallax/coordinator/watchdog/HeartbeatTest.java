package parallax.coordinator.watchdog;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Watchdog;
import parallax.config.routes.RouteWatching;
import parallax.config.secret.Secret;
import parallax.coordinator.ingest.StoreWriter;
import parallax.coordinator.metrics.HeartbeatCounts;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.SourceRevision;

/** Real HTTP on time that the test makes; the coordinator is a stand-in. */
final class HeartbeatTest {
  private static final String SECRET = "/ping/3f1c-very-secret";
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final WireMockServer outside =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Heartbeat.class);
  private final HeartbeatCounts counts = new HeartbeatCounts();
  private final Pretended coordinator = new Pretended();
  private Duration now = Duration.ZERO;
  private Configuration configuration = watchedBy(Optional.empty());
  private Heartbeat heartbeat;

  private static final class Pretended implements Heartbeat.Coordinator {
    private Optional<String> notRecording = Optional.empty();
    private boolean answers = true;
    private boolean full;
    private int questions;
    private CompletableFuture<Void> asked = new CompletableFuture<>();

    @Override
    public Signs signs() {
      return new Signs(Optional.empty(), notRecording, Optional.empty(), true, 0);
    }

    @Override
    public void ask(StoreWriter.Settled answer) throws InterruptedException {
      questions++;
      asked.complete(null);
      if (full) {
        new CountDownLatch(1).await();
      }
      if (answers) {
        answer.settled(true);
      }
    }
  }

  private static Configuration watchedBy(Optional<Watchdog> watchdog) {
    return new Configuration(
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        DecisionRules.USUAL,
        Optional.empty(),
        RouteWatching.NONE,
        watchdog,
        "r1");
  }

  private static Optional<Watchdog> at(String url) {
    return Optional.of(new Watchdog(Secret.of(url), MINUTE));
  }

  @BeforeEach
  void start() {
    outside.start();
    answer(aResponse().withStatus(200));
    configuration = watchedBy(at(outside.baseUrl() + SECRET));
    heartbeat =
        new Heartbeat(
            new Heartbeat.Ports(
                "tokyo-c1",
                new Epoch(7),
                "1.2.3",
                this::status,
                coordinator,
                new Heartbeat.Clocks(() -> START.plus(now), () -> now.toNanos()),
                new SplittableRandom(1),
                counts),
            this::waitFor);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(log);
    heartbeat.close();
    outside.stop();
  }

  /** So that time, which the test makes, does not pass before a question is asked. */
  private Thread waitFor(Runnable question) {
    coordinator.asked = new CompletableFuture<>();
    Thread thread = Thread.ofVirtual().start(question);
    coordinator.asked.orTimeout(30, TimeUnit.SECONDS).join();
    try {
      boolean over = coordinator.full || thread.join(Duration.ofSeconds(30));
      assertThat(over).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return thread;
  }

  private ConfigurationStatus status() {
    return new ConfigurationStatus(
        configuration,
        START,
        START,
        List.of(),
        Optional.of(new SourceRevision(COMMIT, "somebody", START, "watch it")));
  }

  private void answer(ResponseDefinitionBuilder response) {
    outside.stubFor(post(anyUrl()).willReturn(response));
  }

  /** Looks once a second for so long. */
  private void pass(Duration time) {
    Duration until = now.plus(time);
    while (now.compareTo(until) < 0) {
      now = now.plus(Heartbeat.LOOK);
      heartbeat.look();
    }
  }

  private int arrived() {
    return outside.findAll(postRequestedFor(anyUrl())).size();
  }

  private String logged() {
    return String.join("\n", log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }

  @Test
  void saysAtItsTimesWhoWorksAndByWhat() {
    pass(MINUTE.multipliedBy(10));
    assertThat(arrived()).isBetween(10, 12);
    assertThat(counts.sent().value("delivered")).isEqualTo(arrived());
    outside.verify(
        postRequestedFor(urlEqualTo(SECRET))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("User-Agent", equalTo("Parallax/1.2.3")));
    JsonObject first =
        new JsonObject(outside.findAll(postRequestedFor(anyUrl())).getFirst().getBodyAsString());
    assertThat(first)
        .isEqualTo(
            new JsonObject()
                .put("coordinator", "tokyo-c1")
                .put("epoch", 7)
                .put("version", "1.2.3")
                .put("revision", "r1")
                .put("commit", COMMIT)
                .put("time", first.getString("time")));
    assertThat(Instant.parse(first.getString("time"))).isBetween(START, START.plusSeconds(5));
    assertThat(log.list).isEmpty();
  }

  @Test
  void isSilentWhileNothingIsRecordedAndSpeaksAsSoonAsItIs() {
    coordinator.notRecording = Optional.of("the disk is full");
    pass(MINUTE.multipliedBy(5));
    assertThat(arrived()).isZero();
    assertThat(counts.sent().value("withheld")).isOne();
    assertThat(logged()).isEqualTo("watchdog=silent why=\"the disk is full\"");
    coordinator.notRecording = Optional.empty();
    pass(Heartbeat.LOOK);
    assertThat(arrived()).isOne();
  }

  @Test
  void isSilentWhenQuestionsAreNotAnsweredAnyMore() {
    pass(MINUTE);
    int before = arrived();
    coordinator.answers = false;
    coordinator.questions = 0;
    pass(MINUTE.multipliedBy(20));
    assertThat(arrived() - before).isLessThanOrEqualTo(2);
    assertThat(coordinator.questions).isBetween(100, 130);
    coordinator.answers = true;
    pass(Heartbeat.ASK_AGAIN.plus(Heartbeat.LOOK));
    assertThat(logged()).contains("watchdog=silent why=\"observations wait for too long");
    pass(Heartbeat.LOOK);
    assertThat(arrived()).isGreaterThan(before);
  }

  @Test
  void asksNoFurtherQuestionsWhileThereIsNoRoomForOne() {
    pass(MINUTE);
    coordinator.full = true;
    coordinator.questions = 0;
    pass(MINUTE.multipliedBy(5));
    assertThat(coordinator.questions).isOne();
    assertThat(logged())
        .isEqualTo("watchdog=silent why=\"observations wait for too long to be recorded\"");
  }

  @ParameterizedTest
  @CsvSource({"503, 4", "404, 1", "429, 1", "302, 1"})
  void whatIsRefusedIsTriedAgainWhereThatHelps(int status, int tries) {
    answer(aResponse().withStatus(status).withHeader("Location", outside.baseUrl() + "/other"));
    pass(Duration.ofSeconds(49));
    assertThat(arrived()).isEqualTo(tries);
    outside.verify(0, postRequestedFor(urlEqualTo("/other")));
    assertThat(counts.sent().value("failed")).isEqualTo(tries);
    assertThat(counts.sent().value("delivered")).isZero();
    assertThat(logged()).contains("status " + status).doesNotContain("secret");
  }

  @Test
  void noErrorNamesTheUrl() {
    answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    pass(Duration.ofSeconds(5));
    configuration = watchedBy(at("http://127.0.0.1:1" + SECRET));
    pass(Duration.ofSeconds(5));
    configuration = watchedBy(at("no url at all, but a secret"));
    pass(Duration.ofSeconds(5));
    assertThat(counts.sent().value("failed")).isEqualTo(3);
    assertThat(log.list).hasSize(3);
    assertThat(logged()).doesNotContain("secret").contains("cannot connect");
  }

  @Test
  void nobodyIsToldWhereNobodyIsNamed() {
    configuration = watchedBy(Optional.empty());
    pass(MINUTE.multipliedBy(3));
    assertThat(arrived()).isZero();
    assertThat(coordinator.questions).isZero();
  }

  @Test
  void anotherUrlIsToldSoon() {
    pass(Duration.ofSeconds(10));
    configuration = watchedBy(at(outside.baseUrl() + "/another"));
    pass(Rhythm.FIRST.plus(Heartbeat.LOOK));
    outside.verify(1, postRequestedFor(urlEqualTo("/another")));
  }
}
