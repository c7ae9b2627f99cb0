package parallax.probe.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.config.check.Naming;
import parallax.config.check.Naming.AddressFamily;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.net.Resolver;
import parallax.probe.net.Resolver.Resolution;
import parallax.probe.net.Resolver.Resolved;
import parallax.probe.net.Resolver.Unresolved;

final class HostsFirstTest {
  @TempDir Path folder;

  private final AtomicLong now = new AtomicLong();

  private Resolution ask(Resolver resolver, String host, AddressFamily family) {
    return resolver
        .resolve(
            host,
            new Naming(List.of(), family),
            Deadline.startingNow(now::get, Duration.ofSeconds(1)))
        .result();
  }

  private Resolver over(Path file) {
    return new HostsFirst(
        file,
        (_, _, _) ->
            Future.succeededFuture(new Unresolved(Reason.NXDOMAIN, "asked", Duration.ZERO)),
        now::get);
  }

  @Test
  void namesOfTheFileAreNotAskedFor() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("hosts"),
            """
            127.0.0.1  localhost   # this machine
            ::1        localhost6
            192.0.2.7  Shop.Example shop
            2001:db8::7 shop.example
            not an address at.all
            """);
    Resolver resolver = over(file);
    assertThat(ask(resolver, "shop.example.", AddressFamily.IPV6))
        .isEqualTo(
            new Resolved(List.of(InetAddress.ofLiteral("2001:db8::7")), List.of(), Duration.ZERO));
    assertThat(((Resolved) ask(resolver, "SHOP.example", AddressFamily.ANY)).addresses())
        .hasSize(2);
    assertThat(((Unresolved) ask(resolver, "localhost", AddressFamily.IPV6)).reason())
        .isEqualTo(Reason.NODATA);
    assertThat(((Unresolved) ask(resolver, "at.all", AddressFamily.IPV4)).detail())
        .isEqualTo("asked");
  }

  @Test
  void aChangedFileIsReadAfterASecond() throws IOException {
    Path file = Files.writeString(folder.resolve("hosts"), "192.0.2.1 a\n");
    Resolver resolver = over(file);
    assertThat(ask(resolver, "a", AddressFamily.IPV4)).isInstanceOf(Resolved.class);
    Files.writeString(file, "192.0.2.1 b\n");
    assertThat(ask(resolver, "b", AddressFamily.IPV4)).isInstanceOf(Unresolved.class);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(ask(resolver, "b", AddressFamily.IPV4)).isInstanceOf(Resolved.class);
    Files.delete(file);
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(ask(resolver, "b", AddressFamily.IPV4)).isInstanceOf(Unresolved.class);
  }
}
