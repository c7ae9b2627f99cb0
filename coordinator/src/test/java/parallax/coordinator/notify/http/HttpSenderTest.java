package parallax.coordinator.notify.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.secret.Secret;
import parallax.coordinator.notify.http.testing.Stand;

final class HttpSenderTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  private final Stand stand = new Stand();
  private final HttpSender sender = new HttpSender("test");

  @AfterEach
  void stop() {
    sender.close();
    stand.close();
  }

  @Test
  void aDocumentIsPostedWithItsKeyAndItsHeaders() {
    stand.answers(aResponse().withStatus(201).withBody("ärgh").withHeader("Retry-After", "7"));
    Post post = Post.json(stand.url("/a?b=c"), "{\"ä\":1}", "k1").with(Map.of("X-A", "b"));
    assertThat(sender.send(post)).isEqualTo(new Answer.Status(201, "ärgh", Optional.of("7")));
    assertThat(stand.only().getUrl()).isEqualTo("/a?b=c");
    assertThat(stand.only().getHeader("Idempotency-Key")).isEqualTo("k1");
    assertThat(stand.only().getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(stand.only().getHeader("User-Agent")).isEqualTo("Parallax/test");
    assertThat(stand.only().getHeader("X-A")).isEqualTo("b");
    assertThat(Stand.text(stand.only())).isEqualTo("{\"ä\":1}");
  }

  @Test
  void ofALongAnswerOnlyTheBeginningIsRead() {
    stand.answers(aResponse().withBody("x".repeat(10 * HttpSender.MAX_BODY_BYTES)));
    assertThat(sender.send(post()))
        .isInstanceOfSatisfying(
            Answer.Status.class,
            answer -> assertThat(answer.body()).hasSize(HttpSender.MAX_BODY_BYTES));
  }

  @Test
  void aRedirectIsAnAnswer() {
    stand.answers(aResponse().withStatus(307).withHeader("Location", stand.url("/x").reveal()));
    assertThat(sender.send(post())).isEqualTo(new Answer.Status(307, "", Optional.empty()));
    assertThat(stand.came()).hasSize(1);
  }

  @Test
  void whoDoesNotAnswerIsNotWaitedForLongerThanSaid() {
    stand.answers(aResponse().withFixedDelay(60_000));
    assertThat(sender.send(post(), SHORT)).isEqualTo(new Answer.None("no answer in time"));
  }

  @Test
  void aHeadCountsThoughTheRestDoesNotCome() throws Exception {
    try (Raw raw = new Raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) {
      assertThat(sender.send(Post.json(raw.url(), "{}", "k"), SHORT))
          .isEqualTo(new Answer.Status(200, "half", Optional.empty()));
    }
  }

  @Test
  void aHeadThatNeverEndsIsNoAnswer() throws Exception {
    try (Raw raw = new Raw("HTTP/1.1 200 OK\r\nX-A: ")) {
      assertThat(sender.send(Post.json(raw.url(), "{}", "k"), SHORT))
          .isEqualTo(new Answer.None("no answer in time"));
    }
  }

  @Test
  void aCutBehindTheRequestIsNoAnswerAndNothingIsSentTwice() {
    stand.answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
    assertThat(sender.send(post())).isInstanceOf(Answer.None.class);
    assertThat(stand.came()).hasSize(1);
  }

  @Test
  void aCertificateThatNobodySignedIsNotTrusted() {
    WireMockServer tls =
        new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort().dynamicHttpsPort());
    tls.start();
    try {
      Secret url = Secret.of("https://localhost:" + tls.httpsPort() + "/secret");
      assertThat(sender.send(Post.json(url, "{}", "k")))
          .isEqualTo(new Answer.None("no trusted TLS connection"));
    } finally {
      tls.stop();
    }
  }

  @Test
  void theProxyOfTheJdkIsAsked() {
    stand.answers(aResponse().withStatus(204));
    ProxySelector usual = ProxySelector.getDefault();
    ProxySelector.setDefault(
        ProxySelector.of(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), stand.server().port())));
    try (HttpSender proxied = new HttpSender("test")) {
      Secret url = Secret.of("http://receiver.invalid/hook");
      assertThat(proxied.send(Post.json(url, "{}", "k")))
          .isEqualTo(new Answer.Status(204, "", Optional.empty()));
    } finally {
      ProxySelector.setDefault(usual);
    }
    assertThat(stand.only().getHost()).isEqualTo("receiver.invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "secret", "/secret", "ftp://secret/", "http://", "http:secret", "ht tp://x"})
  void whatIsNoWebUrlCannotBeSentAndIsNotShown(String url) {
    assertThat(sender.send(Post.json(Secret.of(url), "{}", "k")))
        .isInstanceOfSatisfying(
            Answer.Unsendable.class, answer -> assertThat(answer.why()).doesNotContain("secret"));
  }

  @Test
  void aHeaderOfTwoLinesCannotBeSent() {
    Post post = post().with(Map.of("Authorization", "Bearer secret\r\nX-Other: 1"));
    assertThat(sender.send(post))
        .isEqualTo(new Answer.Unsendable("a header of the receiver cannot be sent"));
    assertThat(stand.came()).isEmpty();
  }

  @Test
  void nothingShowsItsSecrets() {
    Post post = post().with(Map.of("Authorization", "secret"));
    assertThat(post.toString()).doesNotContain("secret").contains("k1");
    assertThat(new Answer.Status(200, "secret", Optional.empty()).toString())
        .doesNotContain("secret");
  }

  private Post post() {
    return Post.json(stand.url("/secret"), "{\"secret\":1}", "k1");
  }

  /** Says one thing to whoever connects, and holds on. */
  private static final class Raw implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CountDownLatch over = new CountDownLatch(1);

    Raw(String answer) throws IOException {
      Thread.ofVirtual().start(() -> serve(answer));
    }

    Secret url() {
      return Secret.of("http://127.0.0.1:" + socket.getLocalPort() + "/secret");
    }

    private void serve(String answer) {
      try (Socket client = socket.accept();
          OutputStream out = client.getOutputStream()) {
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        over.await();
      } catch (IOException | InterruptedException e) {
        // The test is over.
      }
    }

    @Override
    public void close() throws IOException {
      over.countDown();
      socket.close();
    }
  }
}
