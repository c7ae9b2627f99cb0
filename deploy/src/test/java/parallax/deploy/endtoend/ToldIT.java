package parallax.deploy.endtoend;

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
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running product, a web server that fails, an app in Slack and a mail server. */
final class ToldIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  /** The shortest time between reminders that can be configured, and some seconds. */
  private static final Duration REMINDED = Duration.ofSeconds(75);

  private static final String TS = "1503435956.000247";
  private static final String POST = "/api/chat.postMessage";

  @TempDir Path folder;
  private final WireMockServer slack =
      new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private Nginx nginx;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    slack.start();
    slack.stubFor(
        post(anyUrl())
            .willReturn(
                aResponse().withBody("{\"ok\":true,\"channel\":\"C0123\",\"ts\":\"" + TS + "\"}")));
    mail.start();
    mail.setUser("oncall@example.org", "oncall", "unused");
    int port = Programs.freePort();
    nginx =
        Nginx.start(
            folder.resolve("nginx"),
            port,
            "server { listen 127.0.0.1:%d; location / { return 200 'well'; } }".formatted(port));
    Path token = Files.writeString(folder.resolve("token"), "xoxb-secret");
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            version: 1
            page: https://parallax.example.org/
            defaults: {interval: 1s}
            targets: [{name: shop, url: "http://127.0.0.1:%d/"}]
            receivers:
              - name: chat
                slack: {token: "${file:%s}", channel: C0123, api: "http://127.0.0.1:%d/api"}
              - {name: desk, email: {to: oncall@example.org}, language: ja, zone: Asia/Tokyo}
            routes: [{to: [chat, desk], remind: 1m}]
            smtp: {host: 127.0.0.1, port: %d, tls: none, from: parallax@example.org}
            """
                .formatted(port, token, slack.port(), mail.getSmtp().getPort()));
    product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"));
    product.awaitState("shop", "UP", WHILE);
  }

  @AfterEach
  void stop() {
    if (product != null) {
      product.close();
    }
    if (nginx != null) {
      nginx.close();
    }
    mail.stop();
    slack.stop();
  }

  /** Each once, as Slack has it: what is sent again because no answer came is the same. */
  private List<JsonObject> posts() {
    Map<String, JsonObject> posts = new LinkedHashMap<>();
    slack
        .findAll(postRequestedFor(urlEqualTo(POST)))
        .forEach(
            request -> {
              JsonObject post = new JsonObject(request.getBodyAsString());
              posts.putIfAbsent(post.getString("client_msg_id"), post);
            });
    return List.copyOf(posts.values());
  }

  /** Each once, as mailboxes have it. */
  private List<MimeMessage> mails() throws MessagingException {
    Map<String, MimeMessage> mails = new LinkedHashMap<>();
    for (MimeMessage message : mail.getReceivedMessages()) {
      mails.putIfAbsent(message.getMessageID(), message);
    }
    return List.copyOf(mails.values());
  }

  private void awaitLetters(int count, Duration atMost) {
    Awaitility.await("letters")
        .atMost(atMost)
        .untilAsserted(
            () -> {
              assertThat(posts()).hasSize(count);
              assertThat(mails()).hasSize(count);
            });
  }

  private int acknowledge(String incident) {
    String path = "/api/v1/incidents/" + incident + "/acknowledge";
    return product.post(path, new JsonObject().put("who", "alice")).statusCode();
  }

  @Test
  void theBeginningAndTheEndArriveOnceEachAndNobodyIsRemindedOfWhatIsTakenCareOf()
      throws Exception {
    nginx.kill();
    product.awaitDown("shop", "TCP", WHILE);
    awaitLetters(1, WHILE);
    assertThat(posts().getFirst().getString("text")).startsWith("🔴 shop ");
    JsonObject incident = (JsonObject) product.items("/api/v1/incidents?state=open").getValue(0);
    assertThat(posts().getFirst().encode())
        .contains("https://parallax.example.org/incidents/" + incident.getString("id"));

    awaitLetters(2, REMINDED);
    assertThat(posts().get(1).getString("thread_ts")).isEqualTo(TS);

    assertThat(acknowledge(incident.getString("id"))).isEqualTo(200);
    awaitLetters(3, WHILE);
    assertThat(posts().get(2).getString("text")).contains("alice");
    Awaitility.await("no reminder")
        .during(REMINDED)
        .atMost(REMINDED.plus(WHILE))
        .until(() -> posts().size() == 3 && mails().size() == 3);

    nginx.start();
    product.awaitState("shop", "UP", WHILE);
    awaitLetters(4, WHILE.multipliedBy(2));
    assertThat(posts().getLast().getString("text")).startsWith("🟢");
    assertThat(posts().getLast().getBoolean("reply_broadcast")).isTrue();
    assertThat(posts()).filteredOn(post -> !post.containsKey("thread_ts")).hasSize(1);
    MimeMessage first = mails().getFirst();
    assertThat(mails().getLast().getHeader("In-Reply-To")).containsExactly(first.getMessageID());
    assertThat(first.getSubject()).contains("shop").containsPattern("[\\p{IsHiragana}\\p{IsHan}]");
    JsonObject status = new JsonObject(product.get("/api/v1/status").body());
    assertThat(status.getBoolean("well")).as(status.encode()).isTrue();
  }
}
