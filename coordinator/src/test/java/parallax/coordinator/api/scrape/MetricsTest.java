package parallax.coordinator.api.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.testing.Examples;
import parallax.coordinator.testing.Shown;
import parallax.coordinator.testing.Waiting;
import parallax.coordinator.testing.WebClient;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/** A large page, made while it is sent. */
final class MetricsTest {
  private static final int TARGETS = 20_000;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Shown shown = new Shown();
  private final Meters meters = new Meters();
  private Store store;
  private ApiServer server;
  private WebClient web;
  private int port;

  @BeforeEach
  void start() {
    store = SqliteStore.open(folder);
    shown.show(
        IntStream.range(0, TARGETS)
            .mapToObj("https://host-%05d.example.com/a/long/path/of/a/page"::formatted)
            .map(MetricsTest::view)
            .toList());
    MetricsPage page = new MetricsPage(shown, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(
                shown, store, page, System::nanoTime, InstantSource.fixed(Examples.NOON)));
    port = server.listen("127.0.0.1", 0).await();
    web = new WebClient(port);
  }

  private static TargetView view(String name) {
    return new TargetView(
        Examples.target(name),
        Examples.verdict(name, TargetState.UP, Examples.NOON),
        List.of(),
        UptimeHistory.EMPTY.with(Examples.NOON.minusSeconds(60), TargetState.UP),
        Optional.empty());
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
    meters.close();
    vertx.close().await();
  }

  @Test
  void aLargePageComesWholeAndIsNotCompressed() {
    HttpResponse<String> page = web.get("/metrics", "Accept-Encoding", "gzip");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(page.headers().firstValue("Content-Length")).isEmpty();
    assertThat(page.body().lines().filter(line -> line.startsWith("parallax_target_up{")))
        .hasSize(TARGETS);
    assertThat(page.body()).contains("# TYPE process_cpu_seconds").endsWith("\n");
  }

  @Test
  void whoAsksForTheHeadGetsNoBodyAndTheConnectionGoesOn() {
    for (int round = 0; round < 2 * Metrics.MAX_READERS; round++) {
      HttpResponse<String> head = web.send("HEAD", "/metrics");
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
    assertThat(web.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void whoDoesNotReadKeepsNobodyElseAwayForLong() throws IOException {
    List<Socket> idle = new ArrayList<>();
    try {
      for (int reader = 0; reader < Metrics.MAX_READERS; reader++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        idle.add(socket);
        socket
            .getOutputStream()
            .write("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        // The head of the answer has come, so this one counts as a reader.
        assertThat(socket.getInputStream().readNBytes(12)).isNotEmpty();
      }
      HttpResponse<String> refused = web.get("/metrics");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(web.get("/healthz").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
    Waiting.until("room for a reader", () -> web.get("/metrics").statusCode() == 200);
  }
}
