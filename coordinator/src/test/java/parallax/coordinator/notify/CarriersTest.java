package parallax.coordinator.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.Configuration;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Receiver;
import parallax.config.policy.SmtpServer;
import parallax.config.secret.Secret;
import parallax.config.target.TargetName;
import parallax.coordinator.core.effect.Effect;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;

/** Notices of the record that reach a stand-in of Slack and a mail server. */
final class CarriersTest {
  private static final Instant OPENED = Instant.parse("2026-11-21T12:00:00Z");
  private static final String HOOK = "/services/T0/B0/secret";
  private static final Receiver DESK = new Receiver.Email("desk", List.of("oncall@example.org"));

  @TempDir Path folder;
  private final WireMockServer slack =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
  private Store store;
  private Optional<Outbox> outbox = Optional.empty();

  @BeforeEach
  void start() {
    slack.start();
    mail.start();
    mail.setUser("oncall@example.org", "oncall", "unused");
    store = SqliteStore.open(folder);
  }

  @AfterEach
  void stop() {
    outbox.ifPresent(Outbox::close);
    store.close();
    mail.stop();
    slack.stop();
  }

  @Test
  void theBeginningAndTheEndReachSlack() throws Exception {
    slack.stubFor(post(urlEqualTo(HOOK)).willReturn(aResponse().withStatus(200).withBody("ok")));
    serve(new Receiver.Slack("ops", Secret.of(slack.baseUrl() + HOOK)), Optional.empty());
    tell("ops");
    assertThat(nextOutcomes()).containsExactly("ops delivered", "ops delivered");
    slack.verify(2, postRequestedFor(urlEqualTo(HOOK)).withRequestBody(containing("shop")));
    slack.verify(1, postRequestedFor(urlEqualTo(HOOK)).withRequestBody(containing("again")));
  }

  @Test
  void theBeginningAndTheEndAreOneConversationOfMails() throws Exception {
    serve(DESK, Optional.of(server(mail.getSmtp().getPort())));
    tell("desk");
    assertThat(nextOutcomes()).containsExactly("desk delivered", "desk delivered");
    MimeMessage[] messages = mail.getReceivedMessages();
    assertThat(messages).hasSize(2);
    assertThat(messages[0].getSubject()).contains("shop");
    assertThat(messages[1].getHeader("In-Reply-To")).containsExactly(messages[0].getMessageID());
    assertThat(messages[1].getMessageID()).isNotEqualTo(messages[0].getMessageID());
  }

  @Test
  void withoutAServerForMailItIsSaidWhyNothingIsSent() throws Exception {
    serve(DESK, Optional.empty());
    tell("desk");
    assertThat(nextOutcomes()).containsExactly("desk given_up", "desk given_up");
    assertThat(store.deliveries(new IncidentId("i1")).getFirst().lastError())
        .hasValue("the configuration has no 'smtp' to send mail through");
  }

  private static SmtpServer server(int port) {
    return new SmtpServer(
        new ServerAddress("127.0.0.1", port),
        SmtpServer.Encryption.NONE,
        "parallax@example.org",
        Optional.empty(),
        Optional.empty());
  }

  private void serve(Receiver receiver, Optional<SmtpServer> smtp) {
    Configuration configuration =
        new Configuration(
            List.of(Examples.target("shop")),
            List.of(),
            List.of(),
            List.of(receiver),
            List.of(),
            DecisionRules.USUAL,
            smtp,
            "r1");
    outbox =
        Optional.of(
            Outbox.start(
                new Outbox.Settings(
                    store,
                    () -> configuration,
                    InstantSource.system(),
                    new SplittableRandom(1),
                    "test",
                    (name, outcome) -> outcomes.add(name + " " + outcome))));
  }

  /** That it fails, and that it works again. */
  private void tell(String receiver) {
    Incident incident =
        Judged.incident(
            "i1",
            List.of(new TargetName("shop")),
            Scope.UNCONFIRMED,
            new Cause(
                Optional.of(Layer.TCP),
                new Finding(Reason.CONNECTION_REFUSED, "192.0.2.1:80"),
                "target:shop"),
            OPENED.minusSeconds(5),
            OPENED,
            List.of());
    Incident over = Judged.resolved(incident, OPENED.plus(Duration.ofSeconds(60)));
    store.record(
        store.takeOver(),
        List.of(
            new Effect.Tell(new Notice(Notice.Kind.OPENED, incident, List.of(receiver))),
            new Effect.Tell(new Notice(Notice.Kind.RESOLVED, over, List.of(receiver)))),
        InstantSource.system().instant());
    outbox.ifPresent(Outbox::wake);
  }

  private List<String> nextOutcomes() throws InterruptedException {
    return List.of(nextOutcome(), nextOutcome());
  }

  private String nextOutcome() throws InterruptedException {
    return String.valueOf(outcomes.poll(30, TimeUnit.SECONDS));
  }
}
