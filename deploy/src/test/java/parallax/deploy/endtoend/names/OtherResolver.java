package parallax.deploy.endtoend.names;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import parallax.deploy.endtoend.Programs;

/**
 * A second Unbound, one that is not to be trusted: it makes an answer of its own up, and repeats
 * for long what it was once told. Over UDP and TCP, TLS and HTTPS, each on a port of its own.
 */
final class OtherResolver implements AutoCloseable {
  private final Process process;
  private final String address;
  private final int plain = Programs.freePort();
  private final int tls = Programs.freePort();
  private final int https = Programs.freePort();

  /**
   * @param at where it listens; its port is not used
   * @param upstream whom it asks
   * @param certificate in PEM, and its key
   */
  OtherResolver(
      Path folder, InetSocketAddress at, InetSocketAddress upstream, Path certificate, Path key)
      throws IOException {
    address = at.getAddress().getHostAddress();
    Files.createDirectories(folder);
    Path file =
        Files.writeString(
            folder.resolve("unbound.conf"),
            """
            server:
              directory: "%1$s"
              chroot: ""
              username: ""
              pidfile: ""
              use-syslog: no
              do-daemonize: no
              num-threads: 1
              interface: %2$s@%3$d
              interface: %2$s@%4$d
              interface: %2$s@%5$d
              access-control: 127.0.0.0/8 allow
              do-not-query-localhost: no
              do-ip6: no
              tls-port: %4$d
              https-port: %5$d
              tls-service-pem: "%6$s"
              tls-service-key: "%7$s"
              module-config: "iterator"
              ede: yes
              ede-serve-expired: yes
              serve-expired: yes
              cache-max-ttl: 1
              local-zone: "test." nodefault
              local-zone: "www.healthy.test." redirect
              local-data: "www.healthy.test. 300 IN A 203.0.113.66"
            forward-zone:
              name: "."
              forward-addr: %8$s@%9$d
            remote-control:
              control-enable: no
            """
                .formatted(
                    folder,
                    address,
                    plain,
                    tls,
                    https,
                    certificate,
                    key,
                    upstream.getAddress().getHostAddress(),
                    upstream.getPort()));
    process =
        Programs.start(
            folder.resolve("unbound.out"),
            List.of(Programs.require("unbound"), "-d", "-c", file.toString()));
  }

  String plain() {
    return address + ":" + plain;
  }

  String tls() {
    return "tls://" + address + ":" + tls;
  }

  String https() {
    return "https://" + address + ":" + https + "/dns-query";
  }

  @Override
  public void close() {
    Programs.kill(process);
  }
}
