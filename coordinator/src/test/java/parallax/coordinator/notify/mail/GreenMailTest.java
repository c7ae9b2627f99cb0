package parallax.coordinator.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.carrier.Sent;
import parallax.coordinator.notify.mail.MailSettings.Login;
import parallax.coordinator.notify.mail.MailSettings.Tls;
import parallax.coordinator.notify.mail.message.Letters;
import parallax.coordinator.notify.mail.message.Mailbox;
import parallax.coordinator.notify.mail.message.Sender;

/** A whole mail server in memory, and what lies in its mailboxes afterwards. */
@Timeout(60)
final class GreenMailTest {
  private static final String STORE = "greenmail.tls.keystore.file";
  private static final String STORE_PASSWORD = "greenmail.tls.keystore.password";

  @TempDir static Path folder;

  private static Certificates certificates;
  private static GreenMail server;

  @BeforeAll
  static void start() throws Exception {
    certificates = Certificates.of("localhost", folder);
    System.setProperty(STORE, certificates.store().toString());
    System.setProperty(STORE_PASSWORD, Certificates.PASSWORD);
    server =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
            });
    server.setUser("oncall@example.org", "ops", "p+w %41é");
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop();
    System.clearProperty(STORE);
    System.clearProperty(STORE_PASSWORD);
  }

  @Test
  void aJapaneseLetterArrivesAsItWasWritten() throws Exception {
    server.purgeEmailFromAllMailboxes();
    Sent sent = carry(settings(Tls.IMPLICIT, server.getSmtps().getPort(), "p+w %41é"));
    assertThat(sent).isInstanceOf(Sent.Delivered.class);
    MimeMessage message = server.getReceivedMessages()[0];
    assertThat(message.getSubject()).startsWith("[重大] shop.example ほか 4,990 件が");
    assertThat(message.getFrom()[0].toString()).contains("parallax@example.org");
    MimeMultipart parts = (MimeMultipart) message.getContent();
    assertThat(parts.getContentType()).startsWith("multipart/alternative");
    assertThat(parts.getBodyPart(0).getContent().toString()).contains("DNS プロバイダー dyn が応答しません");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("<html lang=\"ja\">", "DNS プロバイダー dyn が応答しません");
  }

  @Test
  void withoutEncryptionWhereThatIsWritten() throws Exception {
    server.purgeEmailFromAllMailboxes();
    assertThat(carry(settings(Tls.NONE, server.getSmtp().getPort(), "p+w %41é")))
        .isInstanceOf(Sent.Delivered.class);
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    server.purgeEmailFromAllMailboxes();
    assertThat(carry(settings(Tls.IMPLICIT, server.getSmtps().getPort(), "wrong")))
        .isEqualTo(
            new Sent.NotNow(
                "the login was refused: status 535", Optional.of(Submission.LOGIN_PAUSE)));
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerWithoutStarttlsGetsNothing() {
    assertThat(carry(settings(Tls.STARTTLS, server.getSmtp().getPort(), "p+w %41é")))
        .isEqualTo(
            new Sent.NotNow(
                "the server offers no STARTTLS, and without nothing is sent", Optional.empty()));
  }

  private static MailSettings settings(Tls tls, int port, String password) {
    return new MailSettings(
        "localhost",
        port,
        tls,
        Optional.of(certificates.pem()),
        Optional.of(new Login("ops", Secret.of(password))),
        Optional.empty(),
        new Sender("ops", new Mailbox("parallax@example.org"), "Parallax 監視"),
        List.of(new Mailbox("oncall@example.org")));
  }

  private static Sent carry(MailSettings settings) {
    try (MailCarrier carrier = new MailCarrier(settings, InstantSource.fixed(Letters.WRITTEN))) {
      return carrier.carry(Letters.japanese(false), Optional.empty());
    }
  }
}
