package parallax.deploy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real name server: NXDOMAIN, SERVFAIL, REFUSED, timeout and a wrong answer are five reasons. */
final class NamesIT {
  private static final Duration WHILE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void eachFailureOfANameServerIsAReasonOfItsOwn() throws IOException {
    int port = Programs.freePort();
    Path zone = folder.resolve("example.test.zone");
    Files.writeString(
        zone,
        """
        $ORIGIN example.test.
        $TTL 60
        @ SOA ns.example.test. admin.example.test. 1 3600 600 86400 60
        @ NS ns.example.test.
        ns A 127.0.0.1
        www A 192.0.2.10
        """);
    Path nsd = folder.resolve("nsd.conf");
    // A secondary zone that was never transferred is answered with SERVFAIL.
    Files.writeString(
        nsd,
        """
        server:
          ip-address: 127.0.0.1@%1$d
          zonesdir: "%2$s"
          zonelistfile: "%2$s/zone.list"
          xfrdfile: "%2$s/xfrd.state"
          xfrdir: "%2$s"
          database: ""
          pidfile: "%2$s/nsd.pid"
          username: ""
          server-count: 1
        remote-control:
          control-enable: no
        zone:
          name: example.test
          zonefile: example.test.zone
        zone:
          name: broken.test
          zonefile: broken.test.zone
          request-xfr: 127.0.0.1@1 NOKEY
        """
            .formatted(port, folder));
    Path config = folder.resolve("config.yaml");
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Files.writeString(
          config,
          """
          version: 1
          defaults: {interval: 1s, timeout: 1s}
          targets:
            - {name: fine, url: "dns://127.0.0.1:%1$d/www.example.test"}
            - {name: absent, url: "dns://127.0.0.1:%1$d/nothing.example.test"}
            - {name: empty, url: "dns://127.0.0.1:%1$d/www.example.test?type=MX"}
            - {name: foreign, url: "dns://127.0.0.1:%1$d/www.example.com"}
            - {name: broken, url: "dns://127.0.0.1:%1$d/www.broken.test"}
            - {name: silent, url: "dns://127.0.0.1:%2$d/www.example.test"}
            - name: changed
              url: dns://127.0.0.1:%1$d/www.example.test
              dns: {expect: {A: [192.0.2.99]}}
          """
              .formatted(port, silent.getLocalPort()));
      Process server =
          Programs.start(
              folder.resolve("nsd.out"),
              List.of(Programs.require("nsd"), "-d", "-c", nsd.toString()));
      Programs.awaitListening(port);
      try (Product product = Product.up(config, folder.resolve("data"), folder.resolve("up.log"))) {
        product.awaitState("fine", "UP", WHILE);
        assertThat(product.awaitDown("absent", "DNS", WHILE)).isEqualTo("DNS: NXDOMAIN");
        assertThat(product.awaitDown("empty", "DNS", WHILE)).isEqualTo("DNS: no such record");
        assertThat(product.awaitDown("foreign", "DNS", WHILE)).isEqualTo("DNS: REFUSED");
        assertThat(product.awaitDown("broken", "DNS", WHILE)).isEqualTo("DNS: SERVFAIL");
        assertThat(product.awaitDown("silent", "DNS", WHILE)).isEqualTo("DNS: timeout");
        assertThat(product.awaitDown("changed", "DNS", WHILE)).isEqualTo("DNS: wrong answer");
      } finally {
        Programs.kill(server);
      }
    }
  }
}
