package parallax.probe.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import parallax.probe.check.NanoSource;
import parallax.probe.net.SelfHealth;

/**
 * Reads the kernel's routing tables (proc(5), {@code /proc/net/route} and {@code ipv6_route}), anew
 * when what was read is older than {@link #FRESH}. Where there are none, addresses of interfaces
 * have to do.
 */
public final class KernelRoutes implements SelfHealth {
  /** How long an answer is good. */
  static final Duration FRESH = Duration.ofSeconds(2);

  /** More of a table is not read; a route beyond this machine stands near its start. */
  private static final int MAX_BYTES = 256 * 1024;

  private final Path folder;
  private final NanoSource clock;
  private volatile Known known;

  private record Known(boolean ipv4, boolean ipv6, long atNanos) {}

  /**
   * Reads right away.
   *
   * @param folder {@code /proc/net}
   */
  public KernelRoutes(Path folder, NanoSource clock) {
    this.folder = folder;
    this.clock = clock;
    this.known = read();
  }

  @Override
  public boolean hasRoute(boolean ipv6) {
    Known now = known;
    if (clock.nanos() - now.atNanos() > FRESH.toNanos()) {
      now = read();
      known = now;
    }
    return ipv6 ? now.ipv6() : now.ipv4();
  }

  private Known read() {
    long at = clock.nanos();
    try {
      return new Known(
          text("route").lines().skip(1).anyMatch(KernelRoutes::leadsOut4),
          text("ipv6_route").lines().anyMatch(KernelRoutes::leadsOut6),
          at);
    } catch (IOException e) {
      return new Known(hasAddress(false), hasAddress(true), at);
    }
  }

  private String text(String table) throws IOException {
    Path file = folder.resolve(table);
    if (table.equals("ipv6_route") && !Files.exists(file)) {
      return "";
    }
    try (InputStream input = Files.newInputStream(file)) {
      return new String(input.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
    }
  }

  /** Columns: interface, destination, gateway, flags, ... in hex; flag 1 is up. */
  private static boolean leadsOut4(String line) {
    String[] columns = line.trim().split("\\s+", -1);
    return columns.length > 3
        && !columns[0].equals("lo")
        && columns[3].matches("[0-9A-Fa-f]{1,8}")
        && (Long.parseLong(columns[3], 16) & 1) != 0;
  }

  /** Columns: destination, ..., interface; link-local and multicast lead nowhere. */
  private static boolean leadsOut6(String line) {
    String[] columns = line.trim().split("\\s+", -1);
    if (columns.length < 10 || columns[columns.length - 1].equals("lo")) {
      return false;
    }
    return !columns[0].startsWith("fe8") && !columns[0].startsWith("ff");
  }

  private static boolean hasAddress(boolean ipv6) {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(network -> network.getInterfaceAddresses().stream())
          .map(InterfaceAddress::getAddress)
          .anyMatch(address -> isUsable(address, ipv6));
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean isUsable(InetAddress address, boolean ipv6) {
    return address instanceof Inet6Address == ipv6
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress();
  }
}
