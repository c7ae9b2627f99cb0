package parallax.probe.dns;

import static org.assertj.core.api.Assertions.fail;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;

/** A real NSD on a free loopback port, serving the zones it is given from a temporary folder. */
final class Nsd implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/nsd");
  private static final int STARTS = 100;
  private static final int PORTS = 5;

  private final Process process;
  private final int port;

  private Nsd(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param zones by name: the zone file, or an empty text for a secondary zone that can never be
   *     fetched and is answered with SERVFAIL
   */
  static Nsd serving(Vertx vertx, Path folder, Map<String, String> zones) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "nsd is not installed");
    for (int attempt = 0; attempt < PORTS; attempt++) {
      Nsd nsd = start(folder, freePort(), zones);
      if (nsd.isReady(vertx, new LinkedHashMap<>(zones).keySet().iterator().next())) {
        return nsd;
      }
      // Somebody else took the port in between.
      nsd.close();
    }
    return fail("nsd did not start: " + Files.readString(folder.resolve("nsd.out")));
  }

  private static Nsd start(Path folder, int port, Map<String, String> zones) throws IOException {
    Path configuration = folder.resolve("nsd.conf");
    Files.writeString(configuration, configuration(folder, port, zones));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "-d", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nsd.out").toFile())
            .start();
    return new Nsd(process, port);
  }

  private static String configuration(Path folder, int port, Map<String, String> zones)
      throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            server:
              ip-address: 127.0.0.1
              port: %d
              username: ""
              database: ""
              server-count: 1
              rrl-ratelimit: 0
              zonesdir: "%s"
              pidfile: "%s"
              xfrdfile: "%s"
              zonelistfile: "%s"
            remote-control:
              control-enable: no
            """
                .formatted(
                    port,
                    folder,
                    folder.resolve("nsd.pid"),
                    folder.resolve("xfrd.state"),
                    folder.resolve("zone.list")));
    for (Map.Entry<String, String> zone : zones.entrySet()) {
      text.append("zone:\n  name: \"%s\"\n".formatted(zone.getKey()));
      if (zone.getValue().isEmpty()) {
        text.append("  request-xfr: 127.0.0.1@9 NOKEY\n");
      } else {
        Files.writeString(folder.resolve(zone.getKey() + ".zone"), zone.getValue());
        text.append("  zonefile: \"%s.zone\"\n".formatted(zone.getKey()));
      }
    }
    return text.toString();
  }

  private boolean isReady(Vertx vertx, String zone) throws IOException {
    DnsExchange exchange = new DnsExchange(vertx);
    Question question = new Question(Question.nameOf(zone).orElse(Name.root), Type.SOA);
    for (int start = 0; start < STARTS; start++) {
      Deadline deadline = Deadline.startingNow(System::nanoTime, Duration.ofMillis(100));
      Exchanged exchanged = Lab.await(exchange.ask(address(), question, deadline));
      if (exchanged instanceof Exchanged.Replied) {
        return true;
      }
      try {
        if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return false;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A port that nobody listened on a moment ago. */
  static int freePort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0))) {
      return socket.getLocalPort();
    }
  }
}
