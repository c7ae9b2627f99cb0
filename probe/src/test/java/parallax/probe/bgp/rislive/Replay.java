package parallax.probe.bgp.rislive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.bgp.visibility.RouteWatch;
import parallax.probe.bgp.visibility.VisibilitySettings;
import parallax.probe.net.Cidr;

/**
 * Events that came from somewhere, taken in step by step on a clock of their own, beside the truth
 * of their scenario.
 *
 * @param wrong minutes that show something else than the truth
 */
record Replay(List<RouteVerdict> verdicts, List<String> wrong) {
  private static final Duration AFTER = Duration.ofMinutes(10);
  private static final int ESTABLISHED = 6;

  /** Every full minute is one of them. */
  private static final Duration STEP = Duration.ofSeconds(10);

  /** All prefixes whose truth is known. */
  static List<Cidr> prefixes(String scenario) {
    return rows(scenario + ".visibility.tsv").stream()
        .map(row -> Cidr.parse(row[1]))
        .distinct()
        .toList();
  }

  static Replay of(String scenario, List<RouteEvent> events, Optional<VrpTable> payloads) {
    List<String[]> truth = new ArrayList<>(rows(scenario + ".visibility.tsv"));
    List<Cidr> prefixes = prefixes(scenario);
    Instant start = minute(truth.getFirst()[0]);
    RouteTable table = new RouteTable(TableLimits.DEFAULT);
    RouteWatch watch = new RouteWatch(table, VisibilitySettings.DEFAULT);
    listed(scenario, start).forEach(event -> watch.apply(event, start));
    prefixes.forEach(prefix -> watch.watch(prefix, List.of(), start));
    watch.payloads(payloads);
    Map<Cidr, String> current = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    List<RouteVerdict> verdicts = new ArrayList<>();
    Instant end = events.getLast().at().plus(AFTER);
    int next = 0;
    for (Instant now = start; now.isBefore(end); now = now.plus(STEP)) {
      while (next < events.size() && events.get(next).at().isBefore(now)) {
        watch.apply(events.get(next), events.get(next).at());
        next++;
      }
      watch.alive("rrc00", now);
      watch.alive("rrc24", now);
      verdicts.addAll(watch.tick(now));
      if (now.getEpochSecond() % 60 == 0) {
        while (!truth.isEmpty() && !minute(truth.getFirst()[0]).isAfter(now)) {
          String[] row = truth.removeFirst();
          current.put(Cidr.parse(row[1]), row[2] + " " + row[3] + " " + row[4]);
        }
        wrong.addAll(differences(now, table, current));
      }
    }
    truth.forEach(row -> wrong.add("never came to " + String.join(" ", row)));
    return new Replay(verdicts, wrong);
  }

  private static List<String> differences(
      Instant minute, RouteTable table, Map<Cidr, String> truth) {
    return truth.entrySet().stream()
        .filter(entry -> !seen(table, entry.getKey()).equals(entry.getValue()))
        .map(entry -> minute + " " + entry + ": " + seen(table, entry.getKey()))
        .toList();
  }

  /** Peers that could have it, peers that have it, and how many of them by which origin. */
  private static String seen(RouteTable table, Cidr prefix) {
    long up =
        table.peers().stream()
            .filter(peer -> peer.up() && peer.prefixes(prefix.ipv6()) > 0)
            .count();
    SortedMap<Long, Integer> origins = new TreeMap<>();
    List<RouteTable.Route> routes = table.routes(prefix);
    routes.forEach(route -> origins.merge(route.path().origin().orElse(0L), 1, Integer::sum));
    String text = origins.toString().replaceAll("[{} ]", "").replace('=', ':');
    return up + " " + routes.size() + " " + text;
  }

  private static List<RouteEvent> listed(String scenario, Instant start) {
    List<RouteEvent> table = new ArrayList<>();
    for (String[] row : rows(scenario + ".table.tsv")) {
      Peer peer = new Peer(row[0], row[1], Long.parseLong(row[2]));
      PathAttributes by =
          new PathAttributes(
              PathAttributes.Origin.IGP,
              path(row[4]),
              Optional.empty(),
              List.of(),
              Optional.empty());
      table.add(new RouteEvent.Listed(start, peer, Cidr.parse(row[3]), 0, by));
    }
    return table;
  }

  private static AsPath path(String text) {
    int[] numbers = Stream.of(text.split(" ")).mapToInt(Integer::parseUnsignedInt).toArray();
    int[] words = new int[numbers.length + 2];
    words[0] = AsPath.SEQUENCE;
    words[1] = numbers.length;
    System.arraycopy(numbers, 0, words, 2, numbers.length);
    return AsPath.of(words);
  }

  /** What its peers said, a line each: {@code rrc00 192.0.2.6 7018 W 203.0.113.0/26}. */
  static List<String> told(String scenario) {
    return rows(scenario + ".events.tsv").stream().flatMap(row -> told(row).stream()).toList();
  }

  private static Optional<String> told(String[] row) {
    String peer = row[2] + " " + row[3] + " " + row[4] + " ";
    if (row[5].equals("A") || row[5].equals("W")) {
      return Optional.of(peer + row[5] + " " + row[6] + " " + row[7]);
    }
    if (row[6].endsWith(">" + ESTABLISHED)) {
      return Optional.of(peer + "up");
    }
    return row[6].startsWith(ESTABLISHED + ">") ? Optional.of(peer + "down") : Optional.empty();
  }

  /** The same of an event. */
  static String told(RouteEvent event) {
    Peer peer = event.peer();
    return peer.source()
        + " "
        + peer.address()
        + " "
        + peer.asn()
        + " "
        + switch (event) {
          case RouteEvent.Announced a -> "A " + a.prefix() + " " + a.attributes().path();
          case RouteEvent.Withdrawn w -> "W " + w.prefix() + " ";
          case RouteEvent.PeerUp _ -> "up";
          case RouteEvent.PeerDown _ -> "down";
          case RouteEvent.Listed _, RouteEvent.EndOfTable _ -> "unexpected";
        };
  }

  private static Instant minute(String text) {
    return Instant.parse(text.replace("Z", ":00Z"));
  }

  private static List<String[]> rows(String file) {
    String path = "/parallax/probe/bgp/visibility/" + file;
    try (InputStream in = Objects.requireNonNull(Replay.class.getResourceAsStream(path), path)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
