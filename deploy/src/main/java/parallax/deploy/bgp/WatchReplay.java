package parallax.deploy.bgp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.config.routes.RouteLimits;
import parallax.probe.bgp.mrt.MrtFile;
import parallax.probe.bgp.mrt.MrtReader;
import parallax.probe.bgp.mrt.MrtSummary;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.bgp.visibility.Voter;
import parallax.probe.bgp.watch.Limits;
import parallax.probe.bgp.watch.Wanted;
import parallax.probe.bgp.watch.WatchedRoutes;
import parallax.probe.bgp.watch.load.StoredTables;
import parallax.probe.net.Cidr;

/** What stored messages of collectors come to, second by second of their own time. */
final class WatchReplay {
  /** More messages that concern one prefix are more than a story. */
  private static final int MAX_EVENTS = 5_000_000;

  /** It goes on so long after the last message: verdicts need time. */
  private static final Duration AFTER = Duration.ofMinutes(10);

  private static final Duration LONGEST = Duration.ofDays(31);
  private static final String SOURCE = "files";

  private final Cidr prefix;
  private final Wanted wanted;
  private final RouteLimits limits;
  private final List<RouteEvent> table = new ArrayList<>();
  private final List<RouteEvent> events = new ArrayList<>();
  private final SortedSet<String> collectors = new TreeSet<>();
  private Instant last = Instant.MIN;

  WatchReplay(Cidr prefix, Wanted wanted, RouteLimits limits) {
    this.prefix = prefix;
    this.wanted = wanted;
    this.limits = limits;
  }

  /** Reads what collectors had; returns what could not be read, for people. */
  Optional<String> table(Path file) throws IOException {
    return read(file, table);
  }

  /** Reads what they said after. */
  Optional<String> updates(Path file) throws IOException {
    return read(file, events);
  }

  private Optional<String> read(Path file, List<RouteEvent> to) throws IOException {
    String collector = StoredTables.collector(String.valueOf(file.getFileName()));
    collectors.add(collector);
    try (InputStream in = MrtFile.open(file)) {
      MrtSummary summary =
          MrtReader.read(
              in,
              collector,
              event -> {
                last = event.at().isAfter(last) ? event.at() : last;
                if (concerns(event) && to.size() < MAX_EVENTS) {
                  to.add(event);
                }
              });
      if (to.size() >= MAX_EVENTS) {
        throw new IOException(file + ": more than " + MAX_EVENTS + " messages of interest");
      }
      return summary.damaged()
          ? Optional.of(file + ": " + summary.problems().getFirst().reason())
          : Optional.empty();
    } catch (NoSuchFileException missing) {
      throw new IOException(file + ": no such file", missing);
    }
  }

  private boolean concerns(RouteEvent event) {
    return switch (event) {
      case RouteEvent.Announced it -> wanted.concerns(it.prefix());
      case RouteEvent.Withdrawn it -> wanted.concerns(it.prefix());
      case RouteEvent.Listed it -> wanted.concerns(it.prefix());
      case RouteEvent.PeerUp _, RouteEvent.PeerDown _, RouteEvent.EndOfTable _ -> true;
    };
  }

  /**
   * Runs it.
   *
   * @param limit of the time that goes by
   */
  void run(WatchLines lines, Duration limit) {
    events.sort(Comparator.comparing(RouteEvent::at));
    Optional<Instant> begin =
        table.stream()
            .map(RouteEvent::at)
            .max(Comparator.naturalOrder())
            .or(() -> events.stream().map(RouteEvent::at).findFirst())
            .map(at -> at.truncatedTo(ChronoUnit.MINUTES));
    if (begin.isEmpty()) {
      return;
    }
    Instant start = begin.get();
    WatchedRoutes routes = new WatchedRoutes(TableLimits.DEFAULT, Limits.of(fitting()));
    table.forEach(event -> routes.stored(event, start));
    routes.add(SOURCE);
    routes.want(wanted, start);
    Instant end = earlier(last.plus(AFTER), start.plus(limit), start.plus(LONGEST));
    int next = 0;
    for (Instant now = start; now.isBefore(end) && !lines.isUnheard(); now = now.plusSeconds(1)) {
      while (next < events.size() && events.get(next).at().isBefore(now)) {
        RouteEvent event = events.get(next);
        routes.heard(SOURCE, List.of(event), event.at());
        next++;
      }
      second(routes, lines, now);
    }
  }

  /** Whether too few collectors are there to tell their own trouble from the prefix's. */
  boolean isNarrow() {
    return collectors.size() < limits.minCollectors();
  }

  /**
   * Stored tables are all that there is to learn, and collectors that nobody gave cannot agree:
   * neither is waited for.
   */
  private RouteLimits fitting() {
    long peers = table.stream().map(RouteEvent::peer).map(Voter::of).distinct().count();
    RouteLimits.Start start =
        peers == 0
            ? limits.start()
            : new RouteLimits.Start(
                (int) Math.min(limits.start().voters(), peers), limits.start().after());
    return new RouteLimits(
        limits.visible(),
        limits.withdrawn(),
        limits.partialFor(),
        limits.withdrawnFor(),
        limits.restoredFor(),
        limits.minVoters(),
        Math.min(limits.minCollectors(), Math.max(1, collectors.size())),
        start,
        limits.silent(),
        limits.origin());
  }

  private static Instant earlier(Instant one, Instant other, Instant third) {
    return List.of(one, other, third).stream().min(Comparator.naturalOrder()).orElse(one);
  }

  private void second(WatchedRoutes routes, WatchLines lines, Instant now) {
    collectors.forEach(collector -> routes.alive(SOURCE, collector, now));
    for (RouteVerdict verdict : routes.tick(now)) {
      lines.verdict(now, verdict);
    }
    if (now.truncatedTo(ChronoUnit.MINUTES).equals(now)) {
      routes.snapshot(now).of(prefix).ifPresent(it -> lines.minute(now, it.reached()));
    }
  }
}
