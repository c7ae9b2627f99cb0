package parallax.probe.bgp.watch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parallax.config.routes.Document;
import parallax.probe.net.Cidr;
import parallax.probe.net.NetworkPolicy;

class FetchTest {
  private static final NetworkPolicy OPERATOR = NetworkPolicy.forOperator(List.of(), List.of());

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();
  private String base = "";

  @BeforeEach
  void serve() throws Exception {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .await(5, TimeUnit.SECONDS);
    base = "http://127.0.0.1:" + server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    asked.incrementAndGet();
    switch (String.valueOf(request.path())) {
      case "/here" -> request.response().end("content");
      case "/moved" -> redirect(request, "/here");
      case "/metadata" -> redirect(request, "http://169.254.169.254/latest");
      case "/file" -> redirect(request, "file:///etc/passwd");
      default -> redirect(request, "/round");
    }
  }

  private static void redirect(HttpServerRequest request, String to) {
    request.response().setStatusCode(302).putHeader("Location", to).end();
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void redirectsAreFollowedAsFarAsTheirBound() throws Exception {
    assertThat(fetch(OPERATOR, "/moved")).isEqualTo("content");
    asked.set(0);
    assertThatThrownBy(() -> fetch(OPERATOR, "/round")).hasMessageContaining("redirects");
    assertThat(asked).hasValue(Fetch.MAX_REDIRECTS + 1);
  }

  @Test
  void everyHopIsJudged() {
    assertThatThrownBy(() -> fetch(OPERATOR, "/metadata"))
        .hasMessageContaining("169.254.169.254 is a cloud metadata address");
    assertThatThrownBy(() -> fetch(OPERATOR, "/file")).hasMessageContaining("file:///etc/passwd");
  }

  @Test
  void nobodyIsAskedWhereTheMachineMayNotGo() {
    NetworkPolicy denied = NetworkPolicy.forOperator(List.of(), List.of(Cidr.parse("127.0.0.0/8")));
    assertThatThrownBy(() -> fetch(denied, "/here")).hasMessageContaining("denied");
    assertThat(asked).hasValue(0);
  }

  private String fetch(NetworkPolicy policy, String path) throws IOException, InterruptedException {
    Document document = new Document.AtUrl(URI.create(base + path));
    return new Fetch("test", policy).with(document, Files::readString);
  }
}
