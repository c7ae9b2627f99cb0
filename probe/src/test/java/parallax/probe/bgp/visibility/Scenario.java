package parallax.probe.bgp.visibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import parallax.probe.bgp.route.AsPath;
import parallax.probe.bgp.route.PathAttributes;
import parallax.probe.bgp.route.Peer;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.table.RouteTable;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.net.Cidr;

/** A reconstructed incident: the tables at its start, and what peers said after. */
record Scenario(Instant start, List<RouteEvent> table, List<RouteEvent> events) {
  static final String ESTABLISHED = "6";

  /** As it stands in the files of this name. */
  static Scenario read(String name) {
    List<String[]> visibility = rows(name + ".visibility.tsv");
    Instant start = minute(visibility.getFirst()[0]);
    List<RouteEvent> table = new ArrayList<>();
    for (String[] row : rows(name + ".table.tsv")) {
      Peer peer = new Peer(row[0], row[1], Long.parseLong(row[2]));
      table.add(new RouteEvent.Listed(start, peer, Cidr.parse(row[3]), 0, by(row[4])));
    }
    List<RouteEvent> events = new ArrayList<>();
    for (String[] row : rows(name + ".events.tsv")) {
      event(row).ifPresent(events::add);
    }
    return new Scenario(start, table, events);
  }

  private static Optional<RouteEvent> event(String[] row) {
    Instant at = Instant.parse(row[0]);
    Peer peer = new Peer(row[2], row[3], Long.parseLong(row[4]));
    return switch (row[5]) {
      case "A" ->
          Optional.of(new RouteEvent.Announced(at, peer, Cidr.parse(row[6]), 0, by(row[7])));
      case "W" -> Optional.of(new RouteEvent.Withdrawn(at, peer, Cidr.parse(row[6]), 0));
      default -> {
        if (row[6].endsWith(">" + ESTABLISHED)) {
          yield Optional.of(new RouteEvent.PeerUp(at, peer));
        }
        yield row[6].startsWith(ESTABLISHED + ">")
            ? Optional.of(new RouteEvent.PeerDown(at, peer))
            : Optional.empty();
      }
    };
  }

  /** What a run leaves. */
  record Run(RouteTable table, List<RouteVerdict> verdicts) {
    List<RouteVerdict.Reached> reached(Cidr prefix) {
      return verdicts.stream()
          .filter(v -> v instanceof RouteVerdict.Reached && v.prefix().equals(prefix))
          .map(v -> (RouteVerdict.Reached) v)
          .toList();
    }

    <T extends RouteVerdict> List<T> of(Class<T> kind) {
      return verdicts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  /** What is looked at on every full minute, before what comes in it. */
  interface EveryMinute {
    void look(Instant minute, RouteTable table);
  }

  /** Runs it second by second, to ten minutes after its last event. */
  Run run(List<Cidr> watched, EveryMinute everyMinute) {
    return run(watched, everyMinute, _ -> {});
  }

  Run run(List<Cidr> watched, EveryMinute everyMinute, Consumer<RouteWatch> prepare) {
    RouteTable routes = new RouteTable(TableLimits.DEFAULT);
    RouteWatch watch = new RouteWatch(routes, VisibilitySettings.DEFAULT);
    table.forEach(event -> watch.apply(event, start));
    watched.forEach(prefix -> watch.watch(prefix, List.of(), start));
    prepare.accept(watch);
    List<RouteVerdict> verdicts = new ArrayList<>();
    Instant end = events.getLast().at().plus(Duration.ofMinutes(10));
    int next = 0;
    for (Instant now = start; now.isBefore(end); now = now.plusSeconds(1)) {
      while (next < events.size() && events.get(next).at().isBefore(now)) {
        watch.apply(events.get(next), events.get(next).at());
        next++;
      }
      watch.alive("rrc00", now);
      watch.alive("rrc24", now);
      verdicts.addAll(watch.tick(now));
      if (now.getEpochSecond() % 60 == 0) {
        everyMinute.look(now, routes);
      }
    }
    return new Run(routes, verdicts);
  }

  static PathAttributes by(String path) {
    int[] numbers = Stream.of(path.split(" ")).mapToInt(Integer::parseUnsignedInt).toArray();
    int[] words = new int[numbers.length + 2];
    words[0] = AsPath.SEQUENCE;
    words[1] = numbers.length;
    System.arraycopy(numbers, 0, words, 2, numbers.length);
    return new PathAttributes(
        PathAttributes.Origin.IGP, AsPath.of(words), Optional.empty(), List.of(), Optional.empty());
  }

  /** {@code 2021-10-04T15:41Z}. */
  static Instant minute(String text) {
    return Instant.parse(text.replace("Z", ":00Z"));
  }

  /** The rows under the heading. */
  static List<String[]> rows(String file) {
    try (InputStream in = Scenario.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
