package parallax.coordinator.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.json.JsonObject;
import jakarta.mail.Header;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.Configuration;
import parallax.config.access.Access;
import parallax.config.check.ServerAddress;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.policy.DecisionRules;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Handling;
import parallax.config.policy.SmtpServer;
import parallax.config.report.ReportRules;
import parallax.config.routes.RouteWatching;
import parallax.config.runbook.Runbook;
import parallax.config.secret.Secret;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.notice.Notice;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.hostile.Malice;
import parallax.coordinator.notify.hostile.Plainness;
import parallax.coordinator.notify.http.testing.Stand;
import parallax.coordinator.notify.slack.Shown;
import parallax.coordinator.store.Store;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Judged;

/**
 * A world that wishes us ill: names, labels, culprits, reasons and people that are markup,
 * mentions, headers or heaps of characters, told to receivers of every kind as they are told in
 * earnest.
 */
final class HostileWorldTest {
  private static final long SEED = 20_261_122;
  private static final Instant NOON = Examples.NOON;
  private static final Secret SECRET = Secret.of("very-secret");
  private static final int MAX_BODY = 100_000;

  /** What a request has, whatever it says. */
  private static final Set<String> HEADERS =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "content-type",
          "host",
          "http2-settings",
          "idempotency-key",
          "upgrade",
          "user-agent",
          "x-parallax-signature");

  /** What a mail has, whatever it says; some of it is of the server. */
  private static final Set<String> MAIL_HEADERS =
      Set.of(
          "auto-submitted",
          "content-language",
          "content-type",
          "date",
          "from",
          "importance",
          "message-id",
          "mime-version",
          "received",
          "return-path",
          "subject",
          "to",
          "x-auto-response-suppress",
          "x-parallax-incident");

  private final Stand stand = new Stand();
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final Carriers carriers = new Carriers(InstantSource.fixed(NOON), "1.2.3");

  @BeforeEach
  void start() {
    stand.answers(
        aResponse()
            .withBody("{\"ok\":true,\"channel\":\"C0123\",\"ts\":\"1503435956.000247\",\"id\":1}"));
    mail.start();
    mail.setUser("oncall@example.org", "oncall", "unused");
  }

  @AfterEach
  void stop() {
    carriers.close();
    mail.stop();
    stand.close();
  }

  @Test
  void thereAreTwoHundredTextsOfManyKinds() {
    List<Malice.Text> texts = Malice.texts(SEED);
    assertThat(texts).hasSizeGreaterThanOrEqualTo(200);
    assertThat(texts).extracting(Malice.Text::value).doesNotHaveDuplicates();
    assertThat(texts).isEqualTo(Malice.texts(SEED));
    assertThat(new HashSet<>(texts.stream().map(Malice.Text::kind).toList())).hasSize(12);
  }

  private Receiver receiver(String kind, Receiver.Language language) {
    Handling handling =
        new Handling(Optional.empty(), Optional.empty(), language, ZoneId.of("Asia/Tokyo"));
    Secret url = stand.url("/in");
    return switch (kind) {
      case "webhook" -> new Receiver.Webhook(kind, url, Optional.of(SECRET), handling);
      case "slack" -> new Receiver.Slack(kind, url, Optional.of(SECRET), handling);
      case "slack app" ->
          new Receiver.SlackApp(
              kind, SECRET, "C0123", URI.create(url.reveal()), Optional.of(SECRET), handling);
      case "email" -> new Receiver.Email(kind, List.of("oncall@example.org"), handling);
      case "alertmanager" ->
          new Receiver.Alertmanager(
              kind, List.of(url), Optional.of(SECRET), Duration.ofDays(7), handling);
      case "pagerduty" -> new Receiver.PagerDuty(kind, url, SECRET, handling);
      case "teams" -> new Receiver.Teams(kind, url, handling);
      case "telegram" ->
          new Receiver.Telegram(kind, url, SECRET, "-100", Optional.empty(), handling);
      case "discord" -> new Receiver.Discord(kind, url, handling);
      case "ntfy" -> new Receiver.Ntfy(kind, url, SECRET, Optional.of(SECRET), handling);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** As much of a text as the name of a target may be. */
  private static TargetName name(Malice.Text text) {
    StringBuilder name = new StringBuilder();
    text.value()
        .chars()
        .filter(unit -> unit != 0 && TargetName.isValid(Character.toString(unit)))
        .limit(TargetName.MAX_LENGTH)
        .forEach(unit -> name.append((char) unit));
    return new TargetName(name.toString());
  }

  private Configuration configuration(Receiver receiver, Malice.Text text) {
    TreeMap<String, String> labels = new TreeMap<>();
    // Of labels only the values are free: names are letters, digits and underscores.
    List.of("team", "alertname", "incident", "severity", "drill", "scope", text.word())
        .forEach(label -> labels.put(label, text.value()));
    Runbook runbook =
        new Runbook(
            text.value(),
            new TreeMap<>(),
            Runbook.CauseMatch.ANY,
            Optional.of(text.value()),
            Optional.of(URI.create(Plainness.RUNBOOK)),
            List.of());
    SmtpServer server =
        new SmtpServer(
            new ServerAddress("127.0.0.1", mail.getSmtp().getPort()),
            SmtpServer.Encryption.NONE,
            "parallax@example.org",
            Optional.empty(),
            Optional.empty());
    return new Configuration(
        List.of(
            new Target(
                name(text), Optional.empty(), labels, Duration.ofMinutes(1), List.of(), List.of())),
        List.of(),
        List.of(),
        List.of(receiver),
        List.of(),
        DecisionRules.USUAL,
        Optional.of(server),
        RouteWatching.NONE,
        Optional.empty(),
        Access.NONE,
        Optional.of(URI.create(Plainness.PAGE)),
        List.of(runbook),
        ReportRules.USUAL,
        "r1");
  }

  private static Incident incident(Malice.Text text) {
    Finding finding = new Finding(Reason.HTTP_STATUS, text.value());
    return new Incident(
        new IncidentId(text.word()),
        Incident.Subject.SERVICE,
        List.of(name(text)),
        Scope.GLOBAL,
        List.of(),
        new Cause(Optional.of(Layer.HTTP), finding, "provider:" + text.value()),
        NOON.minusSeconds(90),
        NOON.minusSeconds(60),
        Optional.of(NOON.minusSeconds(60)),
        Optional.empty(),
        0,
        Judged.votes(
            List.of(
                Examples.evidence(
                    "shop",
                    Outcome.down(Reason.HTTP_STATUS, text.value()),
                    NOON.minusSeconds(70)))),
        List.of(name(text)),
        Why.rule(text.value()));
  }

  private Sent tell(String kind, Malice.Text text, boolean acknowledged) {
    Receiver receiver =
        receiver(kind, acknowledged ? Receiver.Language.JAPANESE : Receiver.Language.ENGLISH);
    Notice.Kind what = acknowledged ? Notice.Kind.ACKNOWLEDGED : Notice.Kind.OPENED;
    Notice.Along along =
        new Notice.Along(3, Optional.of(text.value()), List.of(), Optional.empty());
    Store.Delivery delivery =
        new Store.Delivery(
            text.word() + ":" + what + ":" + kind.replace(' ', '-'),
            what,
            receiver.name(),
            incident(text),
            along,
            NOON,
            1,
            Optional.empty(),
            Optional.empty(),
            false);
    LetterWriter.Place place = new LetterWriter.Place(1, List.of(incident(text)));
    return carriers.carry(receiver, configuration(receiver, text), delivery, place);
  }

  /** Tells of every text, and has what arrived looked at. */
  private void tellAll(String kind, BiConsumer<Malice.Text, LoggedRequest> look) {
    int number = 0;
    Set<String> paths = new TreeSet<>();
    for (Malice.Text text : Malice.texts(SEED)) {
      stand.server().resetRequests();
      assertThat(tell(kind, text, number % 2 == 1))
          .as(text.toString())
          .isInstanceOf(Sent.Delivered.class);
      LoggedRequest came = stand.only();
      paths.add(came.getUrl());
      assertThat(came.getBody()).hasSizeLessThan(MAX_BODY);
      assertThat(Stand.text(came)).as(text.toString()).contains(text.word());
      for (HttpHeader header : came.getHeaders().all()) {
        assertThat(header.key().toLowerCase(Locale.ROOT)).isIn(HEADERS);
        assertThat(header.values()).hasSize(1);
        assertThat(header.firstValue()).matches("[ -~]*").doesNotContain("evil.example");
      }
      look.accept(text, came);
      number++;
    }
    assertThat(paths).hasSize(1);
  }

  /** The same, where what arrives is an object; none of its texts has what does not show. */
  private void tellAllByJson(String kind, BiConsumer<Malice.Text, JsonObject> look) {
    tellAll(
        kind,
        (text, came) -> {
          JsonObject object = Stand.object(came);
          Plainness.visible(object);
          look.accept(text, object);
        });
  }

  @Test
  void aWebhookGetsADocumentOfTexts() {
    tellAllByJson("webhook", (text, document) -> Plainness.webhook(document, text.word()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"slack", "slack app"})
  void inSlackNobodyIsCalledAndLinksAreOurs(String kind) {
    tellAllByJson(
        kind,
        (text, message) -> {
          Shown shown = Shown.of(message.encode());
          assertThat(shown.controls())
              .isNotEmpty()
              .allSatisfy(
                  control -> {
                    assertThat(control).matches("<[^|]+\\|[^<>]+>");
                    Plainness.assertOurs(control.substring(1, control.indexOf('|')));
                  });
          assertThat(shown.styled()).noneMatch(styled -> styled.contains(text.word()));
        });
  }

  @Test
  void inTeamsThereAreRunsOfText() {
    tellAllByJson("teams", (_, message) -> Plainness.teams(message));
  }

  @Test
  void inTelegramNothingIsMadeOfIt() {
    tellAllByJson("telegram", (_, message) -> Plainness.telegram(message));
  }

  @Test
  void inDiscordEveryMarkIsEscaped() {
    tellAllByJson("discord", (_, message) -> Plainness.discord(message));
  }

  @Test
  void withNtfyItIsPlainText() {
    tellAllByJson("ntfy", (_, message) -> Plainness.ntfy(message));
  }

  @Test
  void inPagerDutyItIsAnEventOfOurs() {
    tellAllByJson("pagerduty", (_, event) -> Plainness.pagerDuty(event));
  }

  @Test
  void inAlertmanagerLabelsOfOthersTakeNoPlaceOfOurs() {
    tellAll(
        "alertmanager",
        (text, came) -> {
          Plainness.visible(Stand.array(came));
          Plainness.alertmanager(Stand.array(came), text.word());
        });
  }

  @Test
  void aMailHasItsHeadersAndTwoPartsAndNothingElse() throws Exception {
    int number = 0;
    for (Malice.Text text : Malice.texts(SEED)) {
      mail.purgeEmailFromAllMailboxes();
      assertThat(tell("email", text, number % 2 == 1)).isInstanceOf(Sent.Delivered.class);
      MimeMessage[] came = mail.getReceivedMessages();
      assertThat(came).as(text.toString()).hasSize(1);
      headers(came[0], text);
      MimeMultipart parts = (MimeMultipart) came[0].getContent();
      assertThat(parts.getContentType()).startsWith("multipart/alternative");
      assertThat(parts.getCount()).isEqualTo(2);
      String plain = parts.getBodyPart(0).getContent().toString();
      Plainness.visible(plain.replace("\r\n", "\n"));
      assertThat(plain).contains(text.word());
      assertThat(Plainness.html(parts.getBodyPart(1).getContent().toString()))
          .contains(text.word());
      number++;
    }
  }

  private static void headers(MimeMessage mail, Malice.Text text) throws Exception {
    for (Header header : Collections.list(mail.getAllHeaders())) {
      assertThat(header.getName().toLowerCase(Locale.ROOT)).as(text.toString()).isIn(MAIL_HEADERS);
    }
    assertThat(mail.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("oncall@example.org");
    assertThat(mail.getSubject()).contains(text.word());
    Plainness.visible(mail.getSubject());
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    mail.writeTo(raw);
    assertThat(raw.size()).isLessThan(MAX_BODY);
    // RFC 5322 section 2.1.1.
    assertThat(raw.toString(StandardCharsets.ISO_8859_1).lines())
        .allMatch(line -> line.length() <= 998 && line.chars().allMatch(unit -> unit < 128));
  }
}
