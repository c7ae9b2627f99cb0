package parallax.deploy.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.deploy.endtoend.Certificates;
import parallax.deploy.endtoend.Nginx;
import parallax.deploy.endtoend.Product;
import parallax.deploy.endtoend.Programs;

/** The running product, a web server that fails, and a real mail server with a real mailbox. */
@Timeout(240)
final class ToldByMailIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  /** Some tries to reach a server that is away. */
  private static final Duration TRIED_AGAIN = Duration.ofMinutes(1);

  private static final String PASSWORD = "p+w %41";
  private static final List<String> DATES = List.of("20240101000000Z", "20991231235959Z");

  @TempDir Path folder;
  private final List<AutoCloseable> started = new ArrayList<>();
  private Postfix postfix;
  private Nginx nginx;
  private Product product;

  @BeforeEach
  void start() throws Exception {
    Certificates certificates = new Certificates(folder.resolve("certificates"));
    Certificates.Pair issuer = certificates.authority("authority");
    Certificates.Pair pair = certificates.signed("mail", issuer, "DNS:localhost", DATES);
    Passwords passwords = Passwords.of("ops", PASSWORD);
    started.add(passwords);
    postfix = Postfix.start(folder, pair, passwords.port());
    started.add(postfix);
    int port = Programs.freePort();
    nginx =
        Nginx.start(
            folder.resolve("nginx"),
            port,
            "server { listen 127.0.0.1:%d; location / { return 200 'well'; } }".formatted(port));
    started.add(nginx);
    Path secret = Files.writeString(folder.resolve("secret"), PASSWORD);
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            version: 1
            page: https://parallax.example.org/
            defaults: {interval: 1s}
            targets: [{name: shop, url: "http://127.0.0.1:%d/"}]
            receivers:
              - {name: desk, email: {to: oncall@example.org}, language: ja, zone: Asia/Tokyo}
            smtp:
              host: localhost
              port: %d
              from: parallax@example.org
              user: ops
              password: "${file:%s}"
              authorities: %s
            """
                .formatted(port, postfix.port(), secret, issuer.certificate()));
    product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"), List.of());
    started.add(product);
    product.awaitState("shop", "UP", WHILE);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : started.reversed()) {
      each.close();
    }
  }

  /** What lies in the mailbox, oldest first; each once, as who reads mail shows it. */
  private List<MimeMessage> mails() throws Exception {
    Map<String, MimeMessage> mails = new LinkedHashMap<>();
    for (Path file : postfix.mail()) {
      MimeMessage read = read(file);
      mails.putIfAbsent(read.getMessageID(), read);
    }
    return List.copyOf(mails.values());
  }

  private static MimeMessage read(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return new MimeMessage(Session.getInstance(new Properties()), in);
    }
  }

  private void awaitMails(int count, Duration atMost) {
    Awaitility.await("mail number " + count)
        .atMost(atMost)
        .untilAsserted(() -> assertThat(mails()).hasSize(count));
  }

  /** It shows a picture where the machine can draw one, and then is one of two parts. */
  private static String html(MimeMessage mail) throws Exception {
    Object second = ((MimeMultipart) mail.getContent()).getBodyPart(1).getContent();
    return second instanceof MimeMultipart related
        ? (String) related.getBodyPart(0).getContent()
        : (String) second;
  }

  private static String part(MimeMessage mail, int number) throws Exception {
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    return parts.getBodyPart(number).getContent().toString();
  }

  @Test
  void theBeginningTheAcknowledgementAndTheEndAreOneThreadThoughTheServerWasAway()
      throws Exception {
    nginx.kill();
    product.awaitDown("shop", "TCP", WHILE);
    awaitMails(1, WHILE);
    JsonObject incident = (JsonObject) product.items("/api/v1/incidents?state=open").getValue(0);

    postfix.kill();
    String path = "/api/v1/incidents/" + incident.getString("id") + "/acknowledge";
    assertThat(product.post(path, new JsonObject().put("who", "alice")).statusCode())
        .isEqualTo(200);
    Awaitility.await("a mail server that is missed")
        .atMost(WHILE)
        .until(() -> !new JsonObject(product.get("/api/v1/status").body()).getBoolean("well"));
    postfix.start();
    awaitMails(2, TRIED_AGAIN);

    nginx.start();
    product.awaitState("shop", "UP", WHILE);
    awaitMails(3, TRIED_AGAIN);
    isOneThread(mails(), incident.getString("id"));
    JsonObject status = new JsonObject(product.get("/api/v1/status").body());
    assertThat(status.getBoolean("well")).as(status.encode()).isTrue();
    assertThat(Files.readString(folder.resolve("up.log"))).doesNotContain(PASSWORD);
  }

  private static void isOneThread(List<MimeMessage> mails, String incident) throws Exception {
    MimeMessage first = mails.getFirst();
    assertThat(first.getHeader("In-Reply-To")).isNull();
    for (MimeMessage mail : mails) {
      assertThat(mail.getHeader("Received")[0]).contains("ESMTPSA");
      assertThat(mail.getFrom()[0].toString()).contains("parallax@example.org");
      assertThat(mail.getSubject()).contains("shop");
      assertThat(part(mail, 0)).contains("https://parallax.example.org/incidents/" + incident);
      assertThat(html(mail)).contains("<html lang=\"ja\">");
    }
    for (MimeMessage answer : mails.subList(1, mails.size())) {
      assertThat(answer.getHeader("In-Reply-To")).containsExactly(first.getMessageID());
      assertThat(answer.getHeader("References")[0]).contains(first.getMessageID());
    }
    assertThat(first.getSubject()).startsWith("[重大] ");
    assertThat(part(mails.get(1), 0)).contains("alice");
    assertThat(mails.getLast().getSubject()).startsWith("[復旧] ");
  }
}
