package parallax.probe.bgp.rpki.rtr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parallax.probe.bgp.rpki.Validity;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.net.Cidr;

/** Against StayRTR where it is installed, and against a cache that says nothing. */
@Timeout(60)
final class RtrClientTest {
  private static final Path STAYRTR = Path.of("/usr/bin/stayrtr");
  private static final Cidr ROUTE = Cidr.parse("203.0.113.0/24");

  @TempDir Path folder;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private final RtrClient.Listener listener =
      new RtrClient.Listener() {
        @Override
        public void changed(Optional<VrpTable> payloads) {
          told.add(
              payloads
                  .map(table -> table.validity(ROUTE, Optional.of(64511L)).name())
                  .orElse("none"));
        }

        @Override
        public void interrupted(String reason) {
          told.add("interrupted: " + reason);
        }
      };

  @Test
  void anAnnouncementTurnsInvalidWhenTheCacheLearnsSo() throws Exception {
    assumeTrue(Files.isExecutable(STAYRTR), "stayrtr is not installed");
    AtomicReference<String> payloads = new AtomicReference<>(payloads(64511));
    HttpServer files =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    files.createContext(
        "/vrps.json",
        exchange -> {
          byte[] body = payloads.get().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    files.start();
    InetSocketAddress cache = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    Process stayrtr = stayrtr(cache.getPort(), files.getAddress().getPort());
    try {
      waitFor(cache);
      RtrClient client = RtrClient.start(cache, 1, InstantSource.system(), listener);
      try (client) {
        assertThat(next()).isEqualTo(Validity.VALID.name());
        payloads.set(payloads(64666));
        assertThat(next()).isEqualTo(Validity.INVALID.name());
      }
    } finally {
      stayrtr.destroyForcibly().waitFor();
      files.stop(0);
    }
  }

  @Test
  void aCacheThatGoesAwayIsTold() throws Exception {
    try (ServerSocket cache = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RtrClient _ =
            RtrClient.start(
                (InetSocketAddress) cache.getLocalSocketAddress(),
                1,
                InstantSource.system(),
                listener)) {
      try (Socket accepted = cache.accept()) {
        assertThat(accepted.getInputStream().readNBytes(8)).containsExactly(1, 2, 0, 0, 0, 0, 0, 8);
      }
      assertThat(next()).startsWith("interrupted: the cache has closed");
    }
  }

  @Test
  void theNameOfACacheIsResolvedAnewForEachConnection() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-15T10:00:00Z"));
    AtomicInteger asked = new AtomicInteger();
    try (ServerSocket cache = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RtrClient _ =
            RtrClient.start(
                InetSocketAddress.createUnresolved("cache.test", cache.getLocalPort()),
                host -> {
                  if (asked.getAndIncrement() == 0) {
                    throw new UnknownHostException(host);
                  }
                  return InetAddress.getLoopbackAddress();
                },
                1,
                now::get,
                listener)) {
      assertThat(next()).isEqualTo("interrupted: cache.test");
      now.updateAndGet(instant -> instant.plus(Duration.ofHours(1)));
      try (Socket accepted = cache.accept()) {
        assertThat(accepted.getInputStream().readNBytes(1)).containsExactly(1);
      }
      assertThat(asked).hasValue(2);
    }
  }

  private Process stayrtr(int port, int filesPort) throws IOException {
    File log = folder.resolve("stayrtr.log").toFile();
    return new ProcessBuilder(
            STAYRTR.toString(),
            "-bind=127.0.0.1:" + port,
            "-cache=http://127.0.0.1:" + filesPort + "/vrps.json",
            "-refresh=1",
            "-checktime=false",
            "-metrics.addr=127.0.0.1:" + freePort())
        .redirectErrorStream(true)
        .redirectOutput(log)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void waitFor(InetSocketAddress server) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < end) {
      try (Socket socket = new Socket()) {
        socket.connect(server, 100);
        return;
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
  }

  private String next() throws InterruptedException {
    return Optional.ofNullable(told.poll(30, TimeUnit.SECONDS)).orElse("nothing");
  }

  private static String payloads(int asn) {
    return "{\"metadata\":{\"buildtime\":\"2026-11-20T00:00:00Z\"},\"roas\":[{\"asn\":"
        + asn
        + ",\"prefix\":\"203.0.113.0/24\",\"maxLength\":24,\"ta\":\"lab\",\"expires\":1893456000}]}";
  }
}
