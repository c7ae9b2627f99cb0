package parallax.probe.dns.vantage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import parallax.probe.fixture.Programs;

/**
 * A real Unbound on loopback, over UDP and TCP, TLS and HTTPS, each on a port of its own. It knows
 * {@code shop.test} and asks nobody.
 */
final class Unbound implements AutoCloseable {
  private final Process process;
  private final int plain = Programs.freePort();
  private final int tls = Programs.freePort();
  private final int https = Programs.freePort();

  /**
   * @param folder with {@code server.pem} and {@code server.key}, and for its files
   */
  Unbound(Path folder) {
    String configuration =
        """
        server:
          directory: "%1$s"
          chroot: ""
          username: ""
          pidfile: ""
          use-syslog: no
          do-daemonize: no
          num-threads: 1
          interface: 127.0.0.1@%2$d
          interface: 127.0.0.1@%3$d
          interface: 127.0.0.1@%4$d
          tls-port: %3$d
          https-port: %4$d
          tls-service-pem: "%1$s/server.pem"
          tls-service-key: "%1$s/server.key"
          module-config: "iterator"
          local-zone: "test." static
          local-data: "shop.test. 300 IN A 192.0.2.1"
          local-data: "shop.test. 300 IN A 192.0.2.2"
          local-zone: "." refuse
        remote-control:
          control-enable: no
        """
            .formatted(folder, plain, tls, https);
    try {
      Path file = Files.writeString(folder.resolve("unbound.conf"), configuration);
      process =
          new ProcessBuilder(
                  Programs.find("unbound").orElseThrow().toString(), "-d", "-c", file.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("unbound.out").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Programs.awaitListening(https, process);
  }

  InetSocketAddress plain() {
    return at(plain);
  }

  InetSocketAddress tls() {
    return at(tls);
  }

  InetSocketAddress https() {
    return at(https);
  }

  static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
