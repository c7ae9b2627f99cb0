package parallax.probe.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelRoutesTest {
  private static final String HEAD =
      "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";

  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void aDefaultRouteLeadsOut() throws IOException {
    Files.writeString(
        folder.resolve("route"),
        HEAD + "eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n");
    Files.writeString(
        folder.resolve("ipv6_route"),
        "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
            + "fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth0\n");
    KernelRoutes routes = new KernelRoutes(folder, nanos::get);
    assertThat(routes.hasRoute(false)).isTrue();
    assertThat(routes.hasRoute(true)).isTrue();
  }

  @Test
  void loopbackLinkLocalAndInterfacesThatAreDownLeadNowhere() throws IOException {
    Files.writeString(
        folder.resolve("route"),
        HEAD
            + "lo\t0000007F\t00000000\t0001\t0\t0\t0\t000000FF\t0\t0\t0\n"
            + "eth0\t00000000\t0100000A\t0002\t0\t0\t0\t00000000\t0\t0\t0\n"
            + "broken\n");
    Files.writeString(
        folder.resolve("ipv6_route"),
        "00000000000000000000000000000001 80 00000000000000000000000000000000 00 "
            + "00000000000000000000000000000000 00000000 00000002 00000000 80200001       lo\n"
            + "fe800000000000000000000000000000 40 00000000000000000000000000000000 00 "
            + "00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0\n");
    KernelRoutes routes = new KernelRoutes(folder, nanos::get);
    assertThat(routes.hasRoute(false)).isFalse();
    assertThat(routes.hasRoute(true)).isFalse();
  }

  @Test
  void aRouteThatAppearsIsSeenWhenTheAnswerIsNoLongerFresh() throws IOException {
    Files.writeString(folder.resolve("route"), HEAD);
    KernelRoutes routes = new KernelRoutes(folder, nanos::get);
    Files.writeString(
        folder.resolve("route"), HEAD + "eth0\t00000000\t0100000A\t0003\t0\t0\t0\t0\t0\t0\t0\n");
    assertThat(routes.hasRoute(false)).isFalse();
    nanos.addAndGet(KernelRoutes.FRESH.toNanos() + 1);
    assertThat(routes.hasRoute(false)).isTrue();
  }
}
