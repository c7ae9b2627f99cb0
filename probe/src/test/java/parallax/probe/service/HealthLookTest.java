package parallax.probe.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.config.check.CheckSpec.ServiceSpec;
import parallax.config.check.Naming;
import parallax.config.check.ServerAddress;
import parallax.config.check.TlsPolicy;
import parallax.config.check.service.Patience;
import parallax.config.check.service.Protocol;
import parallax.config.check.service.Security;
import parallax.config.observation.Finding;
import parallax.config.secret.Secret;
import parallax.probe.check.CheckResult;
import parallax.probe.fixture.LoopbackProbe;

/** What is made of the answers of gRPC servers, over real HTTP/2. */
class HealthLookTest {
  private static final LoopbackProbe PROBE = LoopbackProbe.ofOperator(Map.of());
  private static final Vertx VERTX = Vertx.vertx();
  private static final Protocol.Grpc CART =
      new Protocol.Grpc(
          "shop.v1.Cart", List.of(new Protocol.Header("X-Tenant", Secret.of("blue"))));

  @AfterAll
  static void stop() throws Exception {
    PROBE.close();
    VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static CheckResult look(BiConsumer<HttpServerRequest, Buffer> answers, Patience patience)
      throws Exception {
    HttpServer server =
        VERTX
            .createHttpServer()
            .requestHandler(request -> request.bodyHandler(body -> answers.accept(request, body)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    try {
      return PROBE.run(
          new ServiceSpec(
              new ServerAddress("127.0.0.1", server.actualPort()),
              CART,
              Security.CLEAR,
              TlsPolicy.DEFAULT,
              patience,
              Naming.SYSTEM,
              Duration.ofSeconds(5)));
    } finally {
      server.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private static void answer(HttpServerRequest request, String status, String words, String hex) {
    request.response().putHeader("content-type", "application/grpc+proto");
    request.response().putTrailer("grpc-status", status);
    request.response().putTrailer("grpc-message", words);
    request.response().write(Buffer.buffer(HexFormat.of().parseHex(hex)));
    request.response().end();
  }

  private static String detail(CheckResult result) {
    return result.outcome().why().map(Finding::detail).orElse("");
  }

  @Test
  void asksAsGrpcDoes() throws Exception {
    Buffer[] asked = new Buffer[1];
    CheckResult result =
        look(
            (request, body) -> {
              asked[0] = body;
              boolean right =
                  "/grpc.health.v1.Health/Check".equals(request.path())
                      && request.method().name().equals("POST")
                      && request.version().alpnName().equals("h2")
                      && "application/grpc".equals(request.getHeader("content-type"))
                      && "trailers".equals(request.getHeader("te"))
                      && "blue".equals(request.getHeader("x-tenant"));
              answer(request, right ? "0" : "13", "", "00000000020801");
            },
            Patience.ANY);
    assertThat(Services.reason(result)).as("%s", result).isEqualTo("UP");
    assertThat(result.facts().answers()).containsExactly("SERVING");
    assertThat(asked[0].getBytes())
        .isEqualTo("\0\0\0\0\16\n\14shop.v1.Cart".getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "0, 00000000020802, SERVICE_NOT_READY, NOT_SERVING",
    "0, 00000000020803, SERVICE_NOT_READY, SERVICE_UNKNOWN",
    "0, 0000000000, SERVICE_NOT_READY, UNKNOWN",
    "0, 00000000020809, SERVICE_NOT_READY, status 9",
    "0, 01000000020801, SERVICE_GARBAGE, no health",
    "0, 00ffffffff0801, SERVICE_GARBAGE, no health",
    "0, 0000, SERVICE_GARBAGE, no health",
    "4, '', SERVICE_TIMEOUT, DEADLINE_EXCEEDED: a b",
    "5, '', SERVICE_LACKS, NOT_FOUND: a b",
    "7, '', SERVICE_REFUSES, PERMISSION_DENIED: a b",
    "8, '', SERVICE_FULL, RESOURCE_EXHAUSTED: a b",
    "12, '', SERVICE_LACKS, UNIMPLEMENTED: a b",
    "13, '', SERVICE_ERROR, INTERNAL: a b",
    "14, '', SERVICE_NOT_READY, UNAVAILABLE: a b",
    "16, '', SERVICE_LOGIN, UNAUTHENTICATED: a b",
    "99, '', SERVICE_ERROR, status 99: a b",
    "x, '', SERVICE_GARBAGE, an answer without a status",
  })
  void judgesTheStatus(String status, String hex, String reason, String detail) throws Exception {
    CheckResult result = look((request, _) -> answer(request, status, "a%20b", hex), Patience.ANY);
    assertThat(Services.reason(result)).as("%s", result).isEqualTo(reason);
    assertThat(detail(result)).startsWith(detail);
  }

  @Test
  void aStatusMayComeWithoutAMessage() throws Exception {
    CheckResult result =
        look(
            (request, _) ->
                request
                    .response()
                    .putHeader("content-type", "application/grpc")
                    .putHeader("grpc-status", "12")
                    .putHeader("grpc-message", "unknown service")
                    .end(),
            Patience.ANY);
    assertThat(Services.reason(result)).isEqualTo("SERVICE_LACKS");
    assertThat(detail(result)).isEqualTo("UNIMPLEMENTED: unknown service");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "200, SERVICE_GARBAGE",
    "401, SERVICE_LOGIN",
    "403, SERVICE_REFUSES",
    "404, SERVICE_LACKS",
    "500, SERVICE_ERROR",
    "502, SERVICE_NOT_READY",
    "503, SERVICE_NOT_READY"
  })
  void whatIsNotGrpcIsJudgedByItsHttpStatus(int status, String reason) throws Exception {
    CheckResult result =
        look((request, _) -> request.response().setStatusCode(status).end("<html>"), Patience.ANY);
    assertThat(Services.reason(result)).isEqualTo(reason);
  }

  @Test
  void aSlowAnswerIsDegradedOrDown() throws Exception {
    BiConsumer<HttpServerRequest, Buffer> late =
        (request, _) -> VERTX.setTimer(60, _ -> answer(request, "0", "", "00000000020801"));
    Optional<Duration> limit = Optional.of(Duration.ofMillis(40));
    CheckResult warned = look(late, new Patience(limit, Optional.empty()));
    assertThat(Services.reason(warned)).isEqualTo("SERVICE_SLOW");
    assertThat(warned.outcome()).isInstanceOf(parallax.config.observation.Outcome.Degraded.class);
    CheckResult failed = look(late, new Patience(Optional.empty(), limit));
    assertThat(failed.outcome()).isInstanceOf(parallax.config.observation.Outcome.Down.class);
  }

  @Test
  void aConnectionThatEndsInTheCallIsSaidToHaveClosed() throws Exception {
    CheckResult result = look((request, _) -> request.connection().close(), Patience.ANY);
    assertThat(Services.reason(result)).isIn("SERVICE_CLOSED", "SERVICE_RESET");
    CheckResult reset = look((request, _) -> request.response().reset(7), Patience.ANY);
    assertThat(Services.reason(reset)).isEqualTo("SERVICE_RESET");
  }
}
