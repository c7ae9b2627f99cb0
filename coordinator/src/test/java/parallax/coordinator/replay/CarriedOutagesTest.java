package parallax.coordinator.replay;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.Configuration;
import parallax.config.access.Access;
import parallax.config.check.ServerAddress;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Handling;
import parallax.config.policy.SmtpServer;
import parallax.config.report.ReportRules;
import parallax.config.routes.RouteWatching;
import parallax.config.secret.Secret;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.world.World;
import parallax.coordinator.testing.Pipeline;

/**
 * Outages that were, through the core, the desk, the record and the outbox, to a stand-in of Slack
 * and a real mail server.
 */
final class CarriedOutagesTest {
  private static final String TS = "1503435956.000247";
  private static final String OK = "{\"ok\":true,\"channel\":\"C0123\",\"ts\":\"" + TS + "\"}";
  private static final String POST = "/api/chat.postMessage";
  private static final String UPDATE = "/api/chat.update";

  private static final int FIVE_THOUSAND = 5_000;

  /** There are forty in the scenario. */
  private static final int SCHOOLS_OF_EACH = FIVE_THOUSAND / 40;

  /** The same half an hour again and again proves nothing more. */
  private static final long SHORTER_MS = 4_800_000;

  /** The beginning, changes while it grows, and the end. */
  private static final int MOST_OF_FIVE_THOUSAND = 10;

  @TempDir Path folder;
  private final WireMockServer slack =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    slack.start();
    slack.stubFor(post(anyUrl()).willReturn(aResponse().withBody(OK)));
    mail.start();
    mail.setUser("oncall@example.org", "oncall", "unused");
  }

  @AfterEach
  void stop() {
    mail.stop();
    slack.stop();
  }

  private Configuration configuration(Scenario scenario) {
    List<Target> targets =
        scenario.targets().stream()
            .map(
                target ->
                    new Target(
                        new TargetName(target.id()),
                        Optional.empty(),
                        new TreeMap<>(),
                        Duration.ofMinutes(1),
                        List.of(),
                        List.of()))
            .toList();
    SmtpServer server =
        new SmtpServer(
            new ServerAddress("127.0.0.1", mail.getSmtp().getPort()),
            SmtpServer.Encryption.NONE,
            "parallax@example.org",
            Optional.empty(),
            Optional.empty());
    return new Configuration(
        targets,
        List.of(),
        List.of(),
        List.of(
            new Receiver.SlackApp(
                "chat",
                Secret.of("xoxb-secret"),
                "C0123",
                URI.create(slack.baseUrl() + "/api"),
                Optional.of(Secret.of("signing")),
                Handling.USUAL),
            new Receiver.Email("desk", List.of("oncall@example.org"))),
        List.of(),
        DecisionRules.USUAL,
        Optional.of(server),
        RouteWatching.NONE,
        Optional.empty(),
        Access.NONE,
        Optional.of(URI.create("https://parallax.example.org")),
        List.of(),
        ReportRules.USUAL,
        "r1");
  }

  /** Hands on what the core decides, when it does. */
  private record Carried(Pipeline pipeline, Instant start) implements Trace {
    @Override
    public void effect(long atMs, Effect effect) {
      pipeline.passTo(start.plusMillis(atMs));
      switch (effect) {
        case Effect.IncidentChanged _, Effect.Tell _ -> pipeline.decided(effect);
        case Effect.VerdictChanged _, Effect.TargetForgotten _, Effect.AskAgain _ -> {}
      }
    }
  }

  private List<JsonObject> asked(String path) {
    return slack.findAll(postRequestedFor(urlEqualTo(path))).stream()
        .map(request -> new JsonObject(request.getBodyAsString()))
        .toList();
  }

  private static Scenario scenario(String name) throws URISyntaxException, IOException {
    URL scenarios = Objects.requireNonNull(CarriedOutagesTest.class.getResource("scenarios"));
    return ScenarioFiles.load(Path.of(scenarios.toURI()).resolve(name + ".yaml"))
        .scenario()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"facebook-2021-10-04", "fastly-2021-06-08", "finalsite-2022-01-04"})
  void anOutageIsOneMessageWithItsThreadAndOneConversationOfMails(String name) throws Exception {
    carry(scenario(name));
  }

  @Test
  void anOutageOfFiveThousandTargetsIsOneMessageToo() throws Exception {
    Scenario scenario =
        Multiplied.of(scenario("finalsite-2022-01-04"), SCHOOLS_OF_EACH, SHORTER_MS);
    assertThat(scenario.targets()).hasSizeGreaterThanOrEqualTo(FIVE_THOUSAND);
    List<Notice> told = carry(scenario);
    assertThat(told)
        .extracting(notice -> notice.incident().targets().size())
        .last()
        .isEqualTo(FIVE_THOUSAND);
    assertThat(asked(POST)).hasSizeLessThanOrEqualTo(MOST_OF_FIVE_THOUSAND);
  }

  /** Takes what is decided to both receivers, and looks at what arrived. */
  private List<Notice> carry(Scenario scenario) throws Exception {
    Instant start = new World(scenario, scenario.seed()).start();
    try (Pipeline pipeline = new Pipeline(folder, configuration(scenario), start)) {
      Replay.run(scenario, scenario.seed(), new Carried(pipeline, start));
      pipeline.passTo(start.plusMillis(scenario.durationMs()));
      List<Notice.Kind> kinds = pipeline.told().stream().map(Notice::kind).toList();
      assertThat(kinds).startsWith(Notice.Kind.OPENED).endsWith(Notice.Kind.RESOLVED);
      assertThat(kinds).filteredOn(Notice.Kind.OPENED::equals).hasSize(1);
      assertThat(kinds).filteredOn(Notice.Kind.RESOLVED::equals).hasSize(1);
      assertThat(pipeline.outcomes()).hasSize(2 * kinds.size()).allMatch(this::isDelivered);
      inSlack(kinds.size());
      inTheMailbox(kinds.size());
      return pipeline.told();
    }
  }

  private boolean isDelivered(String outcome) {
    return outcome.endsWith(" delivered");
  }

  private void inSlack(int letters) {
    List<JsonObject> posts = asked(POST);
    assertThat(posts).filteredOn(post -> !post.containsKey("thread_ts")).hasSize(1);
    assertThat(posts.getFirst().encode())
        .contains("parallax_acknowledge")
        .contains("https://parallax.example.org/incidents/");
    List<JsonObject> thread = posts.subList(1, posts.size());
    assertThat(thread)
        .hasSize(letters - 1)
        .allSatisfy(entry -> assertThat(entry.getString("thread_ts")).isEqualTo(TS));
    assertThat(thread)
        .filteredOn(entry -> entry.getBoolean("reply_broadcast"))
        .containsExactly(thread.getLast());
    List<JsonObject> updates = asked(UPDATE);
    assertThat(updates)
        .hasSize(letters - 1)
        .allSatisfy(update -> assertThat(update.getString("ts")).isEqualTo(TS));
    assertThat(updates.getLast().encode()).contains("🟢").doesNotContain("parallax_acknowledge");
  }

  private void inTheMailbox(int letters) throws Exception {
    MimeMessage[] messages = mail.getReceivedMessages();
    assertThat(messages).hasSize(letters);
    String first = messages[0].getMessageID();
    assertThat(messages[0].getHeader("In-Reply-To")).isNull();
    for (MimeMessage message : List.of(messages).subList(1, letters)) {
      assertThat(message.getHeader("In-Reply-To")).containsExactly(first);
    }
    assertThat(List.of(messages)).extracting(MimeMessage::getMessageID).doesNotHaveDuplicates();
  }
}
