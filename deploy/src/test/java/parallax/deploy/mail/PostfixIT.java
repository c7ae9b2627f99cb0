package parallax.deploy.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.letter.Letter;
import parallax.coordinator.notify.mail.MailCarrier;
import parallax.coordinator.notify.mail.MailSettings;
import parallax.coordinator.notify.mail.message.Mailbox;
import parallax.coordinator.notify.mail.message.Sender;
import parallax.deploy.endtoend.Certificates;

/** Letters through a real mail server into a mailbox. */
@Timeout(120)
final class PostfixIT {
  private static final Instant NOW = Instant.parse("2026-03-04T03:12:41Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "p+w %41";
  private static final List<String> DATES = List.of("20240101000000Z", "20991231235959Z");

  @TempDir Path folder;

  private final List<AutoCloseable> started = new ArrayList<>();
  private Path authority = Path.of("");
  private Optional<Postfix> running = Optional.empty();

  @BeforeEach
  void start() throws Exception {
    Certificates certificates = new Certificates(folder.resolve("certificates"));
    Certificates.Pair issuer = certificates.authority("authority");
    authority = issuer.certificate();
    Certificates.Pair pair = certificates.signed("mail", issuer, "DNS:localhost", DATES);
    Passwords passwords = Passwords.of("ops", PASSWORD);
    started.add(passwords);
    running = Optional.of(Postfix.start(folder, pair, passwords.port()));
    started.add(postfix());
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : started.reversed()) {
      each.close();
    }
  }

  @Test
  void lettersArriveAndBelongTogether() throws Exception {
    try (MailCarrier carrier = carrier(PASSWORD, "oncall@example.org")) {
      assertThat(carrier.carry(letter(1), Optional.empty())).isInstanceOf(Sent.Delivered.class);
      assertThat(carrier.carry(letter(2), Optional.empty())).isInstanceOf(Sent.Delivered.class);
    }
    Awaitility.await().atMost(PATIENCE).until(() -> postfix().mail().size() == 2);
    MimeMessage first = read(numbered(1));
    MimeMessage second = read(numbered(2));
    assertThat(first.getSubject()).isEqualTo("[重大] shop が全地域で停止しています");
    assertThat(((MimeMultipart) first.getContent()).getBodyPart(0).getContent().toString())
        .contains("範囲: 全地域");
    assertThat(second.getHeader("References")).containsExactly(first.getMessageID());
    assertThat(first.getHeader("Received")[0]).contains("ESMTPSA");
  }

  @Test
  void whoIsUnknownIsNamedByNumberAndTheOthersHaveIt() {
    try (MailCarrier carrier = carrier(PASSWORD, "nobody@example.org", "oncall@example.org")) {
      assertThat(carrier.carry(letter(1), Optional.empty()))
          .isEqualTo(new Sent.Never("status 550 to RCPT; 1 of 2 recipients have it"));
    }
    Awaitility.await().atMost(PATIENCE).until(() -> postfix().mail().size() == 1);
  }

  @Test
  void aWrongPasswordAndAServerThatIsAwayAreNotForEver() {
    try (MailCarrier wrong = carrier("wrong", "oncall@example.org");
        MailCarrier right = carrier(PASSWORD, "oncall@example.org")) {
      assertThat(wrong.carry(letter(1), Optional.empty()))
          .isEqualTo(
              new Sent.NotNow(
                  "the login was refused: status 535", Optional.of(Duration.ofMinutes(5))));
      postfix().kill();
      assertThat(right.carry(letter(1), Optional.empty())).isInstanceOf(Sent.NotNow.class);
      postfix().start();
      assertThat(right.carry(letter(1), Optional.empty())).isInstanceOf(Sent.Delivered.class);
    }
    Awaitility.await().atMost(PATIENCE).until(() -> postfix().mail().size() == 1);
  }

  private Postfix postfix() {
    return running.orElseThrow();
  }

  private MailCarrier carrier(String password, String... to) {
    MailSettings settings =
        new MailSettings(
            "localhost",
            postfix().port(),
            MailSettings.Tls.STARTTLS,
            Optional.of(authority),
            Optional.of(new MailSettings.Login("ops", Secret.of(password))),
            Optional.empty(),
            new Sender("ops", new Mailbox("parallax@example.org"), "Parallax"),
            List.of(to).stream().map(Mailbox::new).toList());
    return new MailCarrier(settings, InstantSource.fixed(NOW));
  }

  private Path numbered(int number) throws Exception {
    for (Path file : postfix().mail()) {
      boolean first = read(file).getHeader("References") == null;
      if (first == (number == 1)) {
        return file;
      }
    }
    throw new AssertionError("no letter " + number);
  }

  private static MimeMessage read(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return new MimeMessage(Session.getInstance(new Properties()), in);
    }
  }

  private static Letter letter(int number) {
    return new Letter(
        "key-" + number,
        "incident-1",
        number,
        number == 1 ? Letter.Occasion.OPENED : Letter.Occasion.REMINDER,
        Letter.Grade.CRITICAL,
        false,
        Letter.Language.JAPANESE,
        "shop が全地域で停止しています",
        List.of(new Letter.Fact("範囲", "全地域")),
        List.of("tokyo: TCP 接続拒否"),
        List.of(),
        List.of("shop"),
        0,
        List.of(new Letter.Link("インシデントを開く", URI.create("https://parallax.example/i/1"))),
        new TreeMap<>(),
        new Letter.Times(NOW.minusSeconds(60), Optional.empty(), NOW));
  }
}
