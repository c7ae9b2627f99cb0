package parallax.probe.blackbox;

import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import parallax.config.check.Naming;
import parallax.config.observation.Reason;
import parallax.probe.check.Deadline;
import parallax.probe.check.NanoSource;
import parallax.probe.net.Cidr;
import parallax.probe.net.Resolver;

/**
 * The machine's hosts file before any resolver (hosts(5)), as the exporter has it: for every name,
 * with dots or without, {@code localhost} among them. Read again a second after it was read. Safe
 * for use by many threads.
 */
final class HostsFirst implements Resolver {
  static final int MAX_FILE_BYTES = 1 << 20;
  static final int MAX_NAMES = 100_000;
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Path file;
  private final Resolver next;
  private final NanoSource clock;
  private Optional<Look> last = Optional.empty();

  private record Look(long atNanos, Map<String, List<InetAddress>> names) {}

  /**
   * @param next asked for names that are not in the file
   */
  HostsFirst(Path file, Resolver next, NanoSource clock) {
    this.file = file;
    this.next = next;
    this.clock = clock;
  }

  @Override
  public Future<Resolution> resolve(String host, Naming naming, Deadline deadline) {
    String written = host.toLowerCase(Locale.ROOT);
    String name = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
    Optional<List<InetAddress>> known = Optional.ofNullable(names().get(name));
    if (known.isEmpty()) {
      return next.resolve(host, naming, deadline);
    }
    List<InetAddress> fitting =
        known.get().stream().filter(address -> fits(address, naming.family())).toList();
    return Future.succeededFuture(
        fitting.isEmpty()
            ? new Unresolved(
                Reason.NODATA, host + " has no address of this family here", Duration.ZERO)
            : new Resolved(fitting, List.of(), Duration.ZERO));
  }

  private static boolean fits(InetAddress address, Naming.AddressFamily family) {
    return switch (family) {
      case ANY -> true;
      case IPV4 -> address instanceof Inet4Address;
      case IPV6 -> !(address instanceof Inet4Address);
    };
  }

  private synchronized Map<String, List<InetAddress>> names() {
    long now = clock.nanos();
    if (last.filter(look -> now - look.atNanos() < FRESH.toNanos()).isEmpty()) {
      last = Optional.of(new Look(now, read()));
    }
    return last.orElseThrow().names();
  }

  private Map<String, List<InetAddress>> read() {
    Map<String, List<InetAddress>> names = new TreeMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        String[] words = line.split("#", 2)[0].strip().split("\\s+");
        Cidr.literal(words[0])
            .ifPresent(
                address ->
                    Stream.of(words)
                        .skip(1)
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .filter(word -> names.size() < MAX_NAMES || names.containsKey(word))
                        .forEach(
                            word ->
                                names.computeIfAbsent(word, _ -> new ArrayList<>()).add(address)));
      }
    } catch (IOException absent) {
      // A machine without such a file knows no names.
      return names;
    }
    return names;
  }
}
