package parallax.deploy.bench;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.net.Cidr;

/**
 * What a table of full feeds takes: {@code RouteTableMain PREFIXES PEERS PATHS_OF_A_PEER}. One in
 * five prefixes is IPv6; every peer has every prefix, by one of its own paths.
 */
public final class RouteTableMain {
  private static final Instant AT = Instant.parse("2026-01-15T10:00:00Z");
  private static final int IPV6_OF = 5;
  private static final int BYTES_OF_MEGABYTE = 1 << 20;

  private RouteTableMain() {}

  /** Prints one line a peer group and the heap at the end. */
  public static void main(String[] arguments) {
    int prefixes = Integer.parseInt(arguments[0]);
    int peers = Integer.parseInt(arguments[1]);
    int paths = Integer.parseInt(arguments[2]);
    RouteTable table = new RouteTable(TableLimits.DEFAULT);
    long begun = System.nanoTime();
    for (int peer = 0; peer < peers; peer++) {
      fill(table, new Peer("rrc" + peer % 5, "192.0.2." + peer, 1_000L + peer), prefixes, paths);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long used = (runtime.totalMemory() - runtime.freeMemory()) / BYTES_OF_MEGABYTE;
    System.out.printf(
        Locale.ROOT,
        "%d prefixes x %d peers, %d paths: %d MiB of heap, %.1f s, %.2f million routes/s%n",
        table.prefixes(false) + table.prefixes(true),
        table.peers().size(),
        table.paths(),
        used,
        seconds,
        (double) prefixes * peers / seconds / 1e6);
  }

  private static void fill(RouteTable table, Peer peer, int prefixes, int paths) {
    SplittableRandom random = new SplittableRandom(peer.asn());
    PathAttributes[] own = new PathAttributes[paths];
    for (int path = 0; path < paths; path++) {
      own[path] = attributes(peer, path, random);
    }
    for (int number = 0; number < prefixes; number++) {
      // Neighbouring prefixes often have one origin, and so one path.
      PathAttributes by = own[(int) ((long) number * paths / prefixes)];
      table.apply(new RouteEvent.Listed(AT, peer, prefix(number), 0, by));
    }
  }

  private static PathAttributes attributes(Peer peer, int path, SplittableRandom random) {
    int length = 3 + random.nextInt(4);
    int[] words = new int[length + 2];
    words[0] = AsPath.SEQUENCE;
    words[1] = length;
    words[2] = (int) peer.asn();
    for (int at = 3; at < words.length - 1; at++) {
      words[at] = 1 + random.nextInt(80_000);
    }
    words[words.length - 1] = 100_000 + path;
    return new PathAttributes(
        PathAttributes.Origin.IGP, AsPath.of(words), Optional.empty(), List.of(), Optional.empty());
  }

  private static Cidr prefix(int number) {
    if (number % IPV6_OF == 0) {
      return new Cidr(true, 0x2000_0000_0000_0000L + ((long) number << 16), 0, 48);
    }
    return new Cidr(false, ((long) number * 3 << 40) & 0xFFFF_FF00_0000_0000L, 0, 24);
  }
}
