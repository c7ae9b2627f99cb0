package parallax.probe.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's own files about names. */
final class SystemNamesTest {
  @TempDir Path folder;

  private static List<String> resolvers(String text) {
    return SystemNames.resolvers(text.lines().toList()).stream()
        .map(InetSocketAddress::getAddress)
        .map(parallax.probe.net.AddressText::of)
        .toList();
  }

  @Test
  void readsTheResolversInTheirOrder() {
    assertThat(
            resolvers(
                """
                # made by hand
                search example.com
                nameserver 192.0.2.1
                  nameserver\t2001:db8::53   # the second
                nameserver not-an-address
                nameserverx 192.0.2.9
                nameserver
                options ndots:5
                """))
        .containsExactly("192.0.2.1", "2001:db8::53");
  }

  @Test
  void takesALinkLocalResolverWithItsInterface() {
    assertThat(SystemNames.resolvers(List.of("nameserver fe80::1%1")))
        .first()
        .satisfies(
            server -> assertThat(server.getAddress().getHostAddress()).containsPattern("%(1|lo)"));
  }

  @Test
  void asksThisMachineWhereNoResolverIsNamed() {
    assertThat(resolvers("")).containsExactly("127.0.0.1");
  }

  @Test
  void readsABoundedNumberOfResolvers() {
    assertThat(resolvers("nameserver 192.0.2.1\n".repeat(1_000)))
        .hasSize(SystemNames.MAX_RESOLVERS);
  }

  @Test
  void readsAgainWhenAFileHasChanged() throws IOException {
    AtomicLong nanos = new AtomicLong();
    Path file = folder.resolve("resolv.conf");
    Files.writeString(file, "nameserver 192.0.2.1\n");
    SystemNames names = new SystemNames(file, folder.resolve("hosts"), nanos::get);
    assertThat(names.current().resolvers().getFirst().getHostString()).isEqualTo("192.0.2.1");
    Files.writeString(file, "nameserver 192.0.2.222\n");
    assertThat(names.current().resolvers().getFirst().getHostString()).isEqualTo("192.0.2.1");
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(names.current().resolvers().getFirst().getHostString()).isEqualTo("192.0.2.222");
    Files.delete(file);
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(names.current().resolvers().getFirst().getHostString()).isEqualTo("127.0.0.1");
  }

  @Test
  void readsABoundedNumberOfHosts() {
    List<String> lines = Collections.nCopies(10, "10.0.0.1 a b c a.b.c #d");
    assertThat(SystemNames.hosts(lines)).containsOnlyKeys("a", "b", "c");
  }
}
