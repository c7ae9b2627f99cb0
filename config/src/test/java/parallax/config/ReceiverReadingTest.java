package parallax.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.policy.Receiver;
import parallax.config.policy.Receiver.Handling;
import parallax.config.policy.Receiver.Language;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;

/** Receivers of every kind, as they are written. */
final class ReceiverReadingTest {
  private static final String URL = "https://hooks.example.com/very-secret";

  /** URL is a URL, and every other variable the secret of its name. */
  private static final SecretSource SECRETS =
      new SecretSource() {
        @Override
        public Answer variable(String name) {
          return new Answer.Known(Secret.of(name.equals("URL") ? URL : "very-secret-" + name));
        }

        @Override
        public Answer file(Path path) {
          return new Answer.Missing("there are no files here");
        }
      };

  private static Configuration configuration(String yaml) {
    Loaded loaded =
        ConfigurationLoader.parse(
            Path.of("test.yaml"), yaml.getBytes(StandardCharsets.UTF_8), SECRETS);
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded).configuration();
  }

  private static Receiver receiver(String kind) {
    String yaml = "targets: [https://example.com/]\nreceivers:\n  - {name: r, " + kind + "}\n";
    return configuration(yaml).receiver("r").orElseThrow();
  }

  private static Secret secret(String name) {
    return Secret.of("very-secret-" + name);
  }

  @Test
  void mailServersAreVouchedForByThePlatformOrByCertificatesOfOnesOwn() {
    String smtp =
        "targets: [https://example.com/]\n" + "smtp: {host: mail.example.com, from: p@example.com";
    assertThat(configuration(smtp + "}").smtp().orElseThrow().authorities()).isEmpty();
    assertThat(
            configuration(smtp + ", authorities: /etc/mail/ca.pem}")
                .smtp()
                .orElseThrow()
                .authorities())
        .hasValue(Path.of("/etc/mail/ca.pem"));
  }

  @Test
  void slackIsAWebhookOrAnAppAndAChannel() {
    assertThat(receiver("slack: {webhook: '${env:URL}'}"))
        .isEqualTo(new Receiver.Slack("r", Secret.of(URL)));
    assertThat(receiver("slack: {webhook: '${env:URL}', signing_secret: '${env:SIGN}'}"))
        .isEqualTo(
            new Receiver.Slack("r", Secret.of(URL), Optional.of(secret("SIGN")), Handling.USUAL));
    assertThat(receiver("slack: {token: '${env:BOT}', channel: C01}"))
        .isEqualTo(
            new Receiver.SlackApp(
                "r",
                secret("BOT"),
                "C01",
                URI.create("https://slack.com/api"),
                Optional.empty(),
                Handling.USUAL));
    assertThat(
            receiver(
                "slack: {token: '${env:BOT}', channel: '#当番', signing_secret: '${env:SIGN}',"
                    + " api: 'http://127.0.0.1:1/api'}"))
        .isEqualTo(
            new Receiver.SlackApp(
                "r",
                secret("BOT"),
                "#当番",
                URI.create("http://127.0.0.1:1/api"),
                Optional.of(secret("SIGN")),
                Handling.USUAL));
  }

  @Test
  void alertmanagerHasOneMemberOrSeveral() {
    assertThat(receiver("alertmanager: {url: 'http://am.example.com:9093'}"))
        .isEqualTo(
            new Receiver.Alertmanager(
                "r",
                List.of(Secret.of("http://am.example.com:9093")),
                Optional.empty(),
                Duration.ofDays(7),
                Handling.USUAL));
    assertThat(
            receiver(
                "alertmanager: {url: ['http://a.example.com', 'http://b.example.com'],"
                    + " authorization: '${env:AUTH}', lifetime: 2h}"))
        .isEqualTo(
            new Receiver.Alertmanager(
                "r",
                List.of(Secret.of("http://a.example.com"), Secret.of("http://b.example.com")),
                Optional.of(secret("AUTH")),
                Duration.ofHours(2),
                Handling.USUAL));
  }

  @Test
  void othersGoToTheServersOfTheirKindUnlessOneIsNamed() {
    assertThat(receiver("pagerduty: {routing_key: '${env:KEY}'}"))
        .isEqualTo(
            new Receiver.PagerDuty(
                "r", Secret.of("https://events.pagerduty.com"), secret("KEY"), Handling.USUAL));
    assertThat(receiver("telegram: {token: '${env:BOT}', chat: -100123, topic: 7}"))
        .isEqualTo(
            new Receiver.Telegram(
                "r",
                Secret.of("https://api.telegram.org"),
                secret("BOT"),
                "-100123",
                Optional.of(7L),
                Handling.USUAL));
    assertThat(receiver("telegram: {token: '${env:BOT}', chat: '@oncall', url: '${env:URL}'}"))
        .isEqualTo(
            new Receiver.Telegram(
                "r", Secret.of(URL), secret("BOT"), "@oncall", Optional.empty(), Handling.USUAL));
    assertThat(receiver("ntfy: {topic: alerts}"))
        .isEqualTo(
            new Receiver.Ntfy(
                "r",
                Secret.of("https://ntfy.sh"),
                Secret.of("alerts"),
                Optional.empty(),
                Handling.USUAL));
    assertThat(receiver("teams: {webhook: '${env:URL}'}"))
        .isEqualTo(new Receiver.Teams("r", Secret.of(URL), Handling.USUAL));
    assertThat(receiver("discord: {webhook: '${env:URL}'}"))
        .isEqualTo(new Receiver.Discord("r", Secret.of(URL), Handling.USUAL));
  }

  @Test
  void anyKindSaysInWhichLanguageAndZoneItIsTold() {
    assertThat(receiver("webhook: {url: 'https://example.com/'}").handling())
        .isEqualTo(Handling.USUAL);
    Handling handling =
        receiver("ntfy: {topic: alerts}, language: ja, zone: Asia/Tokyo").handling();
    assertThat(handling.language()).isEqualTo(Language.JAPANESE);
    assertThat(handling.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void thePageOfLinksMayHaveAPath() {
    assertThat(configuration("targets: [https://example.com/]").page()).isEmpty();
    assertThat(
            configuration("targets: [https://example.com/]\npage: https://p.example.com/x").page())
        .contains(URI.create("https://p.example.com/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "slack: {webhook: '${env:URL}', signing_secret: '${env:SIGN}'}",
        "slack: {token: '${env:BOT}', channel: C01, signing_secret: '${env:SIGN}'}",
        "webhook: {url: '${env:URL}', secret: '${env:SIGN}'}",
        "alertmanager: {url: '${env:URL}', authorization: '${env:AUTH}'}",
        "pagerduty: {routing_key: '${env:KEY}', url: '${env:URL}'}",
        "teams: {webhook: '${env:URL}'}",
        "telegram: {token: '${env:BOT}', chat: -1, url: '${env:URL}'}",
        "discord: {webhook: '${env:URL}'}",
        "ntfy: {topic: '${env:TOPIC}', token: '${env:TOKEN}', url: '${env:URL}'}"
      })
  void noSecretOfAReceiverShowsItself(String kind) {
    assertThat(receiver(kind).toString()).doesNotContain("very-secret");
  }
}
