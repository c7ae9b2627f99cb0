package parallax.probe.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.probe.fixture.TestAuthority;

/** The modules of gRPC and of WebSockets through TLS. */
class SecureProbesTest {
  private static final String MODULES =
      """
      modules:
        grpc:
          prober: grpc
          timeout: 5s
          grpc: {tls: true, tls_config: {ca_file: CA}}
        grpc_machine:
          prober: grpc
          timeout: 5s
          grpc: {tls: true}
        websocket:
          prober: websocket
          timeout: 5s
          websocket:
            http_config: {tls_config: {ca_file: CA}}
            query_response: [{send: ping}, {expect: "^ping$"}]
      """;

  @TempDir Path folder;

  private TestAuthority authority;
  private Bench bench;

  @BeforeEach
  void start() {
    authority = new TestAuthority(folder);
    authority.root("root", "/CN=Test Root");
    authority.server("root", "good", "IP:127.0.0.1");
    authority.server("root", "other", "DNS:elsewhere.test");
    bench = new Bench(folder, MODULES.replace("CA", authority.file("root.pem").toString()));
  }

  @AfterEach
  void stop() {
    bench.close();
  }

  /** A server of both, with that certificate. */
  private int serve(String certificate) throws Exception {
    HttpServer server =
        bench
            .vertx()
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertPath(authority.file(certificate + ".pem").toString())
                            .setKeyPath(authority.file(certificate + ".key").toString())))
            .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
            .requestHandler(
                request -> {
                  request.response().putHeader("content-type", "application/grpc");
                  request.response().putTrailer("grpc-status", "0");
                  request.response().end(Buffer.buffer(new byte[] {0, 0, 0, 0, 2, 8, 1}));
                })
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    return server.actualPort();
  }

  @Test
  void healthIsAskedForThroughTls() throws Exception {
    String target = "127.0.0.1:" + serve("good");
    Map<String, Double> metrics = bench.probe("grpc", target);
    assertThat(metrics)
        .as(bench.debug("grpc", target))
        .containsEntry("probe_success", 1.0)
        .containsEntry("probe_grpc_ssl", 1.0)
        .containsEntry("probe_grpc_status_code", 0.0)
        .containsEntry("probe_grpc_healthcheck_response{serving_status=\"SERVING\"}", 1.0)
        .containsKey("probe_ssl_earliest_cert_expiry");
  }

  @Test
  void aCertificateThatIsNotGoodFailsTheProbe() throws Exception {
    String misnamed = "127.0.0.1:" + serve("other");
    String unknown = "127.0.0.1:" + serve("good");
    for (List<String> each : List.of(List.of("grpc", misnamed), List.of("grpc_machine", unknown))) {
      assertThat(bench.probe(each.getFirst(), each.getLast()))
          .containsEntry("probe_success", 0.0)
          .containsEntry("probe_grpc_status_code", 14.0)
          .containsEntry("probe_grpc_healthcheck_response{serving_status=\"SERVING\"}", 0.0);
    }
    assertThat(bench.probe("websocket", "wss://" + misnamed + "/"))
        .containsEntry("probe_success", 0.0)
        .containsEntry("probe_websocket_connection_upgraded", 0.0);
  }

  @Test
  void aWebSocketIsTalkedOverThroughTls() throws Exception {
    String target = "wss://127.0.0.1:" + serve("good") + "/";
    assertThat(bench.probe("websocket", target))
        .as(bench.debug("websocket", target))
        .containsEntry("probe_success", 1.0)
        .containsEntry("probe_websocket_status_code", 101.0)
        .containsEntry("probe_websocket_connection_upgraded", 1.0)
        .containsKey("probe_ssl_earliest_cert_expiry");
  }
}
