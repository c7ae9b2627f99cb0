package parallax.probe.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parallax.config.observation.seen.TraceSeen;
import parallax.probe.net.Departure;

/** Connections with few hops to make, on this machine alone. */
class ConnectTracerTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final TraceSeen ECHOES = new TraceSeen("echoes", List.of(), TraceSeen.End.SILENT);

  private final Vertx vertx = Vertx.vertx();
  private final ConnectTracer tracer =
      new ConnectTracer(
          vertx,
          Departure.ANY,
          System::nanoTime,
          (_, _) -> Future.succeededFuture(Optional.of(ECHOES)));

  @AfterEach
  void end() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void theWayEndsAtAServerWhetherSomebodyListensOrNot() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 50, HERE)) {
      port = server.getLocalPort();
      assertThat(seen(port)).isEqualTo("127.0.0.1 ARRIVED");
    }
    assertThat(seen(port)).isEqualTo("127.0.0.1 ARRIVED");
  }

  private String seen(int port) throws Exception {
    TraceSeen seen = await(tracer.trace(HERE, Optional.of(port))).orElseThrow();
    assertThat(seen.to()).isEqualTo("127.0.0.1:" + port);
    assertThat(seen.hops()).hasSize(1);
    return seen.hops().getFirst().by().orElse("*") + " " + seen.end();
  }

  @Test
  void withoutAPortEchoesAreAsked() throws Exception {
    assertThat(await(tracer.trace(HERE, Optional.empty()))).contains(ECHOES);
  }

  /** A multicast address takes no connection: the call itself says so. */
  @Test
  void whereNothingCanBeConnectedToEchoesAreAsked() throws Exception {
    InetAddress many = InetAddress.ofLiteral("224.0.0.1");
    assertThat(await(tracer.trace(many, Optional.of(80)))).contains(ECHOES);
  }

  @Test
  void noMoreThanSomeAreUnderWayAtATimeAndSocketsAreGivenBack() throws Exception {
    long before = sockets();
    // Nobody has this address (RFC 5737), and this machine may have no way there: both are fine.
    InetAddress nobody = InetAddress.ofLiteral("192.0.2.1");
    List<Future<Optional<TraceSeen>>> traces = new ArrayList<>();
    for (int at = 0; at < 3 * ConnectTracer.MAX_UNDER_WAY; at++) {
      traces.add(tracer.trace(nobody, Optional.of(80)));
    }
    long refused =
        traces.stream().filter(Future::isComplete).filter(each -> each.result().isEmpty()).count();
    assertThat(refused).isGreaterThanOrEqualTo(ConnectTracer.MAX_UNDER_WAY);
    for (Future<Optional<TraceSeen>> each : traces) {
      Optional<TraceSeen> _ = await(each);
    }
    assertThat(await(tracer.trace(HERE, Optional.of(1)))).isPresent();
    assertThat(sockets()).isLessThanOrEqualTo(before + 1);
  }

  private static long sockets() throws IOException {
    try (var handles = java.nio.file.Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
      return handles
          .filter(
              handle -> {
                try {
                  return java.nio.file.Files.readSymbolicLink(handle)
                      .toString()
                      .startsWith("socket:");
                } catch (IOException gone) {
                  return false;
                }
              })
          .count();
    }
  }
}
