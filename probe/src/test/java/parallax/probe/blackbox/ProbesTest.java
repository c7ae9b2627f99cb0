package parallax.probe.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.net.NetworkPolicy;

/** Kinds of probes against real servers: those, above all, that older exporters do not have. */
final class ProbesTest {
  private static final String MODULES =
      """
      modules:
        http_2xx: {prober: http, timeout: 3s}
        http_cel:
          prober: http
          timeout: 3s
          http:
            fail_if_body_json_not_matches_cel: "body.foo == 'bar' && body.n == 1 && body.list.exists(x, x > 2)"
        http_not_cel:
          prober: http
          timeout: 3s
          http: {fail_if_body_json_matches_cel: "has(body.error)"}
        http_token:
          prober: http
          timeout: 3s
          http:
            oauth2: {client_id: me, client_secret: hush, token_url: "http://127.0.0.1:WEB/token", scopes: [a, b]}
        unix:
          prober: unix
          timeout: 3s
          unix:
            query_response:
              - send: PING
              - expect: "^PONG (.*)$"
                labels: [{name: version, value: "v${1}"}]
        tcp_bytes:
          prober: tcp
          timeout: 3s
          tcp:
            query_response:
              - send: !!binary AAAACATSFi8=
              - expect_bytes: S
        icmp: {prober: icmp, timeout: 3s}
        icmp4: {prober: icmp, timeout: 3s, icmp: {preferred_ip_protocol: ip4, payload_size: 1000, ttl: 7}}
        icmp_from: {prober: icmp, timeout: 3s, icmp: {preferred_ip_protocol: ip4, source_ip_address: 192.0.2.77}}
        http3: {prober: http, timeout: 3s, http: {enable_http2: false, enable_http3: true}}
        grpc: {prober: grpc, timeout: 3s, grpc: {service: shop}}
        websocket:
          prober: websocket
          timeout: 3s
          websocket:
            http_config: {basic_auth: {username: user, password: pass}}
            headers: {X-Some: thing}
            query_response:
              - expect: "^Hello, (.+)$"
                send: "Hi ${1}"
              - expect: "^Welcome Hi there$"
        websocket_other:
          prober: websocket
          timeout: 3s
          websocket: {query_response: [{expect: "^never$"}]}
      """;

  @TempDir Path folder;

  private Bench bench;
  private int web;

  @BeforeEach
  void start() throws Exception {
    try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
      web = free.getLocalPort();
    }
    bench = new Bench(folder, MODULES.replace("WEB", String.valueOf(web)));
  }

  @AfterEach
  void end() {
    bench.close();
  }

  private void serve(Consumer<HttpServerRequest> handler, Consumer<ServerWebSocket> sockets)
      throws Exception {
    bench
        .vertx()
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(web))
        .webSocketHandler(sockets::accept)
        .requestHandler(handler::accept)
        .listen()
        .await(10, TimeUnit.SECONDS);
  }

  private static void none(ServerWebSocket socket) {
    socket.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http_cel     | {"foo": "bar", "n": 1, "list": [1, 3]} | 1
          http_cel     | {"foo": "bar", "n": 2, "list": [1, 3]} | 0
          http_cel     | {"foo": "bar", "n": 1, "list": []}     | 0
          http_cel     | {"n": 1}                               | 0
          http_cel     | not json                               | 0
          http_not_cel | {"ok": true}                           | 1
          http_not_cel | {"error": null}                        | 0
          """)
  void aConditionOnJsonDecides(String module, String json, double success) throws Exception {
    serve(request -> request.response().end(json), ProbesTest::none);
    Map<String, Double> metrics = bench.probe(module, "http://127.0.0.1:" + web + "/");
    assertThat(metrics)
        .containsEntry("probe_success", success)
        .containsEntry("probe_failed_due_to_cel", 1 - success)
        .containsEntry("probe_http_status_code", 200.0);
  }

  @Test
  void aTokenIsFetchedOnceAndSent() throws Exception {
    java.util.concurrent.atomic.AtomicInteger asked =
        new java.util.concurrent.atomic.AtomicInteger();
    serve(
        request -> {
          if ("/token".equals(request.path())) {
            asked.incrementAndGet();
            request.response().end("{\"access_token\": \"t0k\", \"expires_in\": 300}");
          } else {
            boolean known = "Bearer t0k".equals(request.getHeader("Authorization"));
            request.response().setStatusCode(known ? 200 : 401).end();
          }
        },
        ProbesTest::none);
    for (int round = 0; round < 2; round++) {
      assertThat(bench.probe("http_token", "http://127.0.0.1:" + web + "/"))
          .containsEntry("probe_success", 1.0);
    }
    assertThat(asked).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"PONG 7, 1", "WRONG, 0"})
  void aSocketOfThisMachineIsTalkedTo(String answer, double success) throws Exception {
    Path path = folder.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      Thread.ofVirtual().start(() -> answerOnce(server, answer + "\n"));
      Map<String, Double> metrics = bench.probe("unix", path.toString());
      assertThat(metrics)
          .containsEntry("probe_success", success)
          .containsEntry("probe_failed_due_to_regex", 1 - success);
      assertThat(metrics.containsKey("probe_expect_info{version=\"v7\"}")).isEqualTo(success == 1);
    }
  }

  @Test
  void aSocketThatIsNotThereFails() {
    assertThat(bench.probe("unix", folder.resolve("none").toString()))
        .containsEntry("probe_success", 0.0);
  }

  @ParameterizedTest
  @CsvSource({"S, 1", "N, 0"})
  void bytesAreExpected(String answer, double success) throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0));
      Thread.ofVirtual().start(() -> answerOnce(server, answer));
      int port = ((java.net.InetSocketAddress) server.getLocalAddress()).getPort();
      assertThat(bench.probe("tcp_bytes", "127.0.0.1:" + port))
          .containsEntry("probe_success", success)
          .containsEntry("probe_failed_due_to_bytes", 1 - success);
    }
  }

  private static void answerOnce(ServerSocketChannel server, String answer) {
    try (SocketChannel peer = server.accept()) {
      int read = peer.read(ByteBuffer.allocate(64));
      if (read > 0) {
        peer.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
      }
      peer.shutdownOutput();
      // Until the other side goes.
      int more = peer.read(ByteBuffer.allocate(64));
      while (more >= 0) {
        more = peer.read(ByteBuffer.allocate(64));
      }
    } catch (IOException gone) {
      return;
    }
  }

  @ParameterizedTest
  @CsvSource({"icmp, ::1, 6", "icmp4, 127.0.0.1, 4", "icmp4, localhost, 4"})
  void anEchoComesBack(String module, String target, double family) {
    Map<String, Double> metrics = bench.probe(module, target);
    assertThat(metrics)
        .as(bench.debug(module, target))
        .containsEntry("probe_success", 1.0)
        .containsEntry("probe_ip_protocol", family);
    assertThat(metrics.get("probe_icmp_duration_seconds{phase=\"rtt\"}"))
        .isPositive()
        .isLessThan(1);
    assertThat(metrics.get("probe_icmp_reply_hop_limit")).isPositive();
  }

  @Test
  void anEchoThatCannotLeaveFails() {
    assertThat(bench.probe("icmp_from", "127.0.0.1")).containsEntry("probe_success", 0.0);
  }

  @Test
  void aModuleForHttp3SaysNothingOverTcp() throws Exception {
    serve(request -> request.response().end("over TCP"), _ -> {});
    assertThat(bench.probe("http3", "https://127.0.0.1:" + web + "/"))
        .containsEntry("probe_success", 0.0)
        .containsEntry("probe_http_status_code", 0.0);
    assertThat(bench.debug("http3", "https://127.0.0.1:" + web + "/"))
        .contains("UDP port unreachable");
    assertThat(bench.debug("http3", "127.0.0.1:" + web)).contains("HTTP/3 needs https");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, SERVING, 1",
    "0, 2, 0, NOT_SERVING, 1",
    "0, 3, 0, SERVICE_UNKNOWN, 1",
    "5, 0, 0, SERVING, 0"
  })
  void theHealthOfAServiceIsAsked(int code, int health, double success, String status, double value)
      throws Exception {
    serve(
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      boolean asked =
                          body.equals(Buffer.buffer("\0\0\0\0\u0006\n\u0004shop"))
                              && "/grpc.health.v1.Health/Check".equals(request.path());
                      request.response().putHeader("content-type", "application/grpc");
                      request.response().putTrailer("grpc-status", asked ? "" + code : "13");
                      if (code == 0) {
                        request
                            .response()
                            .write(Buffer.buffer(new byte[] {0, 0, 0, 0, 2, 8, (byte) health}));
                      }
                      request.response().end();
                    }),
        ProbesTest::none);
    assertThat(bench.probe("grpc", "127.0.0.1:" + web))
        .as(bench.debug("grpc", "127.0.0.1:" + web))
        .containsEntry("probe_success", success)
        .containsEntry("probe_grpc_status_code", (double) code)
        .containsEntry("probe_grpc_ssl", 0.0)
        .containsEntry("probe_grpc_healthcheck_response{serving_status=\"" + status + "\"}", value);
  }

  @Test
  void aServerOfGrpcThatIsNotThereIsUnavailable() {
    assertThat(bench.probe("grpc", "127.0.0.1:" + web))
        .containsEntry("probe_success", 0.0)
        .containsEntry("probe_grpc_status_code", 14.0);
  }

  @Test
  void aWebSocketIsTalkedOver() throws Exception {
    serve(
        request -> request.response().setStatusCode(400).end(),
        socket -> {
          boolean known =
              "Basic dXNlcjpwYXNz".equals(socket.headers().get("Authorization"))
                  && "thing".equals(socket.headers().get("X-Some"));
          socket.textMessageHandler(text -> socket.writeTextMessage("Welcome " + text));
          socket.writeTextMessage(known ? "Hello, there" : "who?");
        });
    String target = "ws://127.0.0.1:" + web + "/x";
    Map<String, Double> metrics = bench.probe("websocket", target);
    assertThat(metrics)
        .as(bench.debug("websocket", target))
        .containsEntry("probe_success", 1.0)
        .containsEntry("probe_websocket_status_code", 101.0)
        .containsEntry("probe_websocket_connection_upgraded", 1.0)
        .containsEntry("probe_websocket_failed_due_to_regex", 0.0);
    assertThat(bench.probe("websocket_other", target))
        .containsEntry("probe_success", 0.0)
        .containsEntry("probe_websocket_failed_due_to_regex", 1.0);
  }

  @Test
  void whatIsNoWebSocketIsNotTalkedOver() throws Exception {
    serve(request -> request.response().setStatusCode(403).end(), ProbesTest::none);
    bench.probe("http_2xx", "http://127.0.0.1:" + web + "/");
    try (java.net.ServerSocket plain = new java.net.ServerSocket(0)) {
      assertThat(bench.probe("websocket", "ws://127.0.0.1:" + plain.getLocalPort() + "/"))
          .containsEntry("probe_success", 0.0)
          .containsEntry("probe_websocket_connection_upgraded", 0.0);
    }
    assertThat(bench.probe("websocket", "http://127.0.0.1:" + web + "/"))
        .containsEntry("probe_success", 0.0);
  }

  @Test
  void aBadFileKeepsTheOldModulesAndTellsTheLine() {
    bench.write("modules:\n  a: {prober: nothing}\n");
    HttpResponse<String> answer = bench.send("POST", "/-/reload");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("failed to reload config: ", ":2:15: 'prober' must be one");
    assertThat(bench.get("/config").body()).contains("http_cel").doesNotContain("hush");
    bench.write("modules:\n  a: {prober: tcp}\n");
    assertThat(bench.send("PUT", "/-/reload").statusCode()).isEqualTo(200);
    assertThat(bench.get("/config").body()).contains("prober: tcp").doesNotContain("http_cel");
    assertThat(bench.get("/probe?target=x&module=http_cel").statusCode()).isEqualTo(400);
  }

  @Test
  void probesAreRememberedAndShownHarmlessly() {
    bench.probe("http_2xx", "http://127.0.0.1:1/<script>");
    String index = bench.get("/").body();
    assertThat(index).contains("logs?id=0", "<strong>Failure</strong>").doesNotContain("<script>");
    assertThat(bench.get("/logs?id=0").body())
        .contains("Logs for the probe:", "probe_success 0", "prober: http");
    assertThat(bench.get("/logs?target=http://127.0.0.1:1/%3Cscript%3E").statusCode())
        .isEqualTo(200);
    assertThat(bench.get("/logs?target=other").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:169.254.169.254]/"
      })
  void metadataServicesAreNeverConnectedTo(String target) {
    assertThat(bench.probe("http_2xx", target)).containsEntry("probe_success", 0.0);
    assertThat(bench.debug("http_2xx", target)).contains("a cloud metadata address");
  }

  @Test
  void aRedirectToAMetadataServiceIsNotFollowed() throws Exception {
    serve(
        request ->
            request
                .response()
                .setStatusCode(302)
                .putHeader("Location", "http://169.254.169.254/")
                .end(),
        ProbesTest::none);
    String target = "http://127.0.0.1:" + web + "/";
    assertThat(bench.probe("http_2xx", target))
        .containsEntry("probe_success", 0.0)
        .containsEntry("probe_http_redirects", 1.0);
    assertThat(bench.debug("http_2xx", target)).contains("a cloud metadata address");
  }

  @Test
  void whatThisMachineDeniesIsNotProbed() {
    try (Bench denied =
        new Bench(
            folder,
            "modules: {tcp: {prober: tcp, timeout: 1s}, icmp: {prober: icmp, timeout: 1s}}",
            NetworkPolicy.forStandalone(List.of(parallax.probe.net.Cidr.parse("127.0.0.0/8"))))) {
      assertThat(denied.debug("tcp", "127.0.0.1:" + web)).contains("denied on this machine");
      assertThat(denied.debug("icmp", "127.0.0.1")).contains("denied on this machine");
    }
  }
}
