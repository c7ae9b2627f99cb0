package parallax.probe.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parallax.probe.check.NanoSource;
import parallax.probe.net.SelfHealth;

/**
 * The routes of this machine, as Linux shows them in {@code /proc/net}; elsewhere guessed from the
 * addresses of its interfaces. Looked up again after {@link #KEPT_FOR}.
 */
public final class RouteTable implements SelfHealth {
  static final Duration KEPT_FOR = Duration.ofSeconds(1);

  /** Longer tables are read up to here; the routes that matter are local and come early. */
  static final int MAX_TABLE_BYTES = 1 << 20;

  /** RTF_UP and RTF_REJECT of linux/route.h. */
  private static final long UP = 0x1;

  private static final long REJECT = 0x200;

  private static final String LOOPBACK = "lo";
  private static final int COLUMNS_4 = 8;
  private static final int FLAGS_4 = 3;
  private static final int COLUMNS_6 = 10;
  private static final int FLAGS_6 = 8;
  private static final int INTERFACE_6 = 9;

  private final Path folder;
  private final NanoSource clock;
  private Optional<Look> last = Optional.empty();

  private record Look(long atNanos, boolean four, boolean six) {}

  /**
   * @param folder with the files {@code route} and {@code ipv6_route}
   */
  public RouteTable(Path folder, NanoSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Of the machine this runs on. */
  public static RouteTable ofMachine(NanoSource clock) {
    return new RouteTable(Path.of("/proc/net"), clock);
  }

  @Override
  public synchronized boolean hasRoute(boolean ipv6) {
    long now = clock.nanos();
    Look look =
        last.filter(known -> now - known.atNanos() < KEPT_FOR.toNanos())
            .orElseGet(() -> new Look(now, look(false), look(true)));
    last = Optional.of(look);
    return ipv6 ? look.six() : look.four();
  }

  private boolean look(boolean ipv6) {
    Path table = folder.resolve(ipv6 ? "ipv6_route" : "route");
    if (!Files.isReadable(folder.resolve("route"))) {
      return hasAddress(ipv6);
    }
    try (InputStream in = Files.newInputStream(table)) {
      String text = new String(in.readNBytes(MAX_TABLE_BYTES), StandardCharsets.US_ASCII);
      return ipv6 ? leadsOut6(text.lines().toList()) : leadsOut4(text.lines().toList());
    } catch (IOException e) {
      // A kernel without IPv6 has no such table.
      return false;
    }
  }

  /** Whether a line of {@code /proc/net/route} leads beyond this machine and its link. */
  static boolean leadsOut4(List<String> lines) {
    return lines.stream()
        .skip(1)
        .map(line -> line.strip().split("\\s+"))
        .anyMatch(
            columns ->
                columns.length >= COLUMNS_4
                    && !columns[0].equals(LOOPBACK)
                    && isUsable(columns[FLAGS_4])
                    // 169.254.0.0, written as the bytes of a little-endian number.
                    && !columns[1].endsWith("FEA9"));
  }

  /** Whether a line of {@code /proc/net/ipv6_route} leads beyond this machine and its link. */
  static boolean leadsOut6(List<String> lines) {
    return lines.stream()
        .map(line -> line.strip().split("\\s+"))
        .anyMatch(
            columns ->
                columns.length >= COLUMNS_6
                    && !columns[INTERFACE_6].equals(LOOPBACK)
                    && isUsable(columns[FLAGS_6])
                    && !columns[0].startsWith("fe8")
                    && !columns[0].startsWith("ff"));
  }

  private static boolean isUsable(String hexFlags) {
    try {
      long flags = Long.parseLong(hexFlags, 16);
      return (flags & UP) != 0 && (flags & REJECT) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean hasAddress(boolean ipv6) {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(RouteTable::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .anyMatch((InetAddress address) -> ipv6 == address instanceof Inet6Address);
    } catch (SocketException e) {
      // Without any knowledge nothing is held against this machine.
      return true;
    }
  }

  private static boolean isUp(NetworkInterface device) {
    try {
      return device.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
