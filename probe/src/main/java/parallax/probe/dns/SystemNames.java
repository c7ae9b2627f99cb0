package parallax.probe.dns;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.probe.check.NanoSource;

/**
 * What the machine itself says about names: its resolvers (resolv.conf, see resolv.conf(5)) and its
 * hosts file. Both are read again when they change, which is looked at once a second at most.
 *
 * <p>Of resolv.conf only {@code nameserver} counts: a monitored name is always absolute, so search
 * lists do not apply. Of hosts only names without dots count, such as those of containers and of
 * {@code localhost}: a name with dots is one that others see too, and is asked for in DNS.
 */
public final class SystemNames {
  /** Longer files are read up to here. */
  static final int MAX_FILE_BYTES = 1 << 20;

  static final int MAX_RESOLVERS = 8;
  static final int MAX_HOSTS = 4_096;
  static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);
  static final int DNS_PORT = 53;

  private final Path resolvConf;
  private final Path hosts;
  private final NanoSource clock;
  private Optional<Look> last = Optional.empty();

  /**
   * What the files say.
   *
   * @param resolvers in the order to ask; never empty
   * @param hosts by name in lower case
   */
  record Snapshot(List<InetSocketAddress> resolvers, Map<String, List<InetAddress>> hosts) {
    Snapshot {
      resolvers = List.copyOf(resolvers);
      hosts = Collections.unmodifiableMap(hosts);
    }
  }

  private record Look(long atNanos, List<String> stamps, Snapshot snapshot) {}

  public SystemNames(Path resolvConf, Path hosts, NanoSource clock) {
    this.resolvConf = resolvConf;
    this.hosts = hosts;
    this.clock = clock;
  }

  /** Of the machine this runs on. */
  public static SystemNames ofMachine(NanoSource clock) {
    return new SystemNames(Path.of("/etc/resolv.conf"), Path.of("/etc/hosts"), clock);
  }

  /** The resolvers of this machine, in the order to ask; never empty. */
  public List<InetSocketAddress> resolvers() {
    return current().resolvers();
  }

  /** As the files are now, or were less than a second ago. */
  synchronized Snapshot current() {
    long now = clock.nanos();
    if (last.isPresent() && now - last.get().atNanos() < LOOK_AGAIN_AFTER.toNanos()) {
      return last.get().snapshot();
    }
    List<String> stamps = List.of(stamp(resolvConf), stamp(hosts));
    boolean unchanged = last.isPresent() && last.get().stamps().equals(stamps);
    Snapshot snapshot =
        unchanged
            ? last.get().snapshot()
            : new Snapshot(resolvers(read(resolvConf)), hosts(read(hosts)));
    last = Optional.of(new Look(now, stamps, snapshot));
    return snapshot;
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
    } catch (IOException e) {
      return "absent";
    }
  }

  private static List<String> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The resolvers that these lines name; the machine itself where they name none. */
  static List<InetSocketAddress> resolvers(List<String> lines) {
    List<InetSocketAddress> resolvers = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+");
      if (words.length >= 2 && words[0].equals("nameserver") && resolvers.size() < MAX_RESOLVERS) {
        literal(words[1])
            .map(address -> new InetSocketAddress(address, DNS_PORT))
            .ifPresent(resolvers::add);
      }
    }
    return resolvers.isEmpty() ? List.of(new InetSocketAddress(loopback(), DNS_PORT)) : resolvers;
  }

  /** Names without dots, and their addresses in the order of the lines. */
  static Map<String, List<InetAddress>> hosts(List<String> lines) {
    Map<String, List<InetAddress>> hosts = new TreeMap<>();
    for (String line : lines) {
      String[] words = line.split("#", 2)[0].strip().split("\\s+");
      Optional<InetAddress> address = literal(words[0]);
      for (int index = 1; index < words.length && address.isPresent(); index++) {
        String name = words[index].toLowerCase(Locale.ROOT);
        if (name.indexOf('.') < 0 && (hosts.size() < MAX_HOSTS || hosts.containsKey(name))) {
          hosts.computeIfAbsent(name, _ -> new ArrayList<>()).add(address.get());
        }
      }
    }
    return hosts;
  }

  /** The address that {@code text} is, without asking anybody. */
  static Optional<InetAddress> literal(String text) {
    boolean mayBe =
        !text.isEmpty()
            && (text.indexOf(':') >= 0 || Character.isDigit(text.charAt(text.length() - 1)));
    if (!mayBe) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }
}
