package parallax.probe.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes as Linux shows them. */
final class RouteTableTest {
  private static final String HEADER =
      "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n";

  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eth0 00000000 0101A8C0 0003 0 0 0 00000000 0 0 0 | true
          eth0 0001A8C0 00000000 0001 0 0 0 00FFFFFF 0 0 0 | true
          eth0 0000FEA9 00000000 0001 0 0 0 0000FFFF 0 0 0 | false
          lo   0000007F 00000000 0001 0 0 0 000000FF 0 0 0 | false
          eth0 00000000 0101A8C0 0200 0 0 0 00000000 0 0 0 | false
          *    0000000A 00000000 0201 0 0 0 000000FF 0 0 0 | false
          garbage                                          | false
          """)
  void aRouteBeyondTheMachineIsARoute(String line, boolean routed) throws IOException {
    Files.writeString(folder.resolve("route"), HEADER + line + "\n");
    RouteTable table = new RouteTable(folder, nanos::get);
    assertThat(table.hasRoute(false)).isEqualTo(routed);
    assertThat(table.hasRoute(true)).isFalse();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003 eth0 | true
          20010db8000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001 eth0 | true
          fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001 eth0 | false
          ff000000000000000000000000000000 08 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000003 00000000 00000001 eth0 | false
          00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200 lo | false
          """)
  void aRouteBeyondTheLinkIsARouteForIpv6(String line, boolean routed) throws IOException {
    Files.writeString(folder.resolve("route"), HEADER);
    Files.writeString(folder.resolve("ipv6_route"), line + "\n");
    RouteTable table = new RouteTable(folder, nanos::get);
    assertThat(table.hasRoute(true)).isEqualTo(routed);
    assertThat(table.hasRoute(false)).isFalse();
  }

  @Test
  void looksAgainAfterASecond() throws IOException {
    Path file = folder.resolve("route");
    Files.writeString(file, HEADER);
    RouteTable table = new RouteTable(folder, nanos::get);
    assertThat(table.hasRoute(false)).isFalse();
    Files.writeString(file, HEADER + "eth0 00000000 0101A8C0 0003 0 0 0 00000000 0 0 0\n");
    nanos.addAndGet(Duration.ofMillis(900).toNanos());
    assertThat(table.hasRoute(false)).isFalse();
    nanos.addAndGet(Duration.ofMillis(200).toNanos());
    assertThat(table.hasRoute(false)).isTrue();
  }

  @Test
  void guessesFromTheInterfacesWhereThereIsNoTable() {
    RouteTable table = new RouteTable(folder.resolve("none"), nanos::get);
    assertThat(table.hasRoute(false)).isIn(true, false);
  }
}
