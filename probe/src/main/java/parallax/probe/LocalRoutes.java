package parallax.probe;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.BgpSpec;
import parallax.config.check.DnsSpec;
import parallax.config.routes.Document;
import parallax.config.routes.RouteWatching;
import parallax.probe.audit.origin.Origins;
import parallax.probe.bgp.mapping.RouteCheck;
import parallax.probe.bgp.mapping.RouteMap;
import parallax.probe.bgp.watch.FeedMeters;
import parallax.probe.bgp.watch.Limits;
import parallax.probe.bgp.watch.RouteFeed;
import parallax.probe.bgp.watch.Sources;
import parallax.probe.bgp.watch.Wanted;
import parallax.probe.bgp.watch.load.Fetch;
import parallax.probe.bgp.watch.load.PayloadKeeper;
import parallax.probe.bgp.watch.load.StoredTables;
import parallax.probe.check.Check;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.net.Cidr;
import parallax.probe.net.HostGate;

/**
 * Routes, put together for this machine: what is heard, what is known beforehand, what targets
 * stand on. Connects to nobody before {@link #listen}, and then only where sources are configured.
 */
public final class LocalRoutes implements AutoCloseable {
  /** Stored tables are read for what is watched: this is waited for until some of that is known. */
  private static final Duration KNOWING = Duration.ofSeconds(30);

  /** Sources are listened to after that, though tables may not be read yet. */
  private static final Duration LOADING = Duration.ofMinutes(5);

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration SETTLED = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(LocalRoutes.class);

  private final InstantSource clock;
  private final RandomGenerator lots;
  private final Fetch fetch;
  private final RouteFeed feed;
  private final RouteMap map;
  private final Check<BgpSpec> check;
  private final List<Thread> loaders = new ArrayList<>();
  private volatile RouteWatching watching;

  /** What stored tables were read for; nothing before they have been. */
  private volatile Optional<Wanted> asked = Optional.empty();

  private boolean started;
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean closed;
  private @Nullable PayloadKeeper payloads;
  private @Nullable FeedMeters meters;

  /**
   * What it stands on.
   *
   * @param names checks of names, to resolve by
   * @param origins who know the routes of the internet
   * @param fetch how documents are fetched
   */
  public record Ground(
      Vertx vertx,
      InstantSource clock,
      RandomGenerator lots,
      Check<DnsSpec> names,
      Origins origins,
      Fetch fetch) {}

  LocalRoutes(Ground ground, RouteWatching watching) {
    this.clock = ground.clock();
    this.lots = ground.lots();
    this.fetch = ground.fetch();
    this.watching = watching;
    this.feed = new RouteFeed(clock, Limits.of(watching.limits()), prefixes(watching), _ -> {});
    this.map = new RouteMap(ground.vertx(), feed, ground.names(), ground.origins(), clock);
    this.check = new RouteCheck(map, feed);
  }

  private static List<Cidr> prefixes(RouteWatching watching) {
    return watching.canaries().stream().map(Cidr::parse).toList();
  }

  /** The check of routes. */
  public Check<BgpSpec> check() {
    return check;
  }

  /** What is heard. */
  public RouteFeed feed() {
    return feed;
  }

  /** Takes in the name servers that a walk found. */
  void walked(Walk walk) {
    if (watching.on()) {
      map.walked(walk);
    }
  }

  /** The same check of names, whose answers are taken in here. */
  Check<DnsSpec> overheard(Check<DnsSpec> names) {
    return (spec, deadline) ->
        names
            .run(spec, deadline)
            .onSuccess(
                result -> {
                  if (watching.on()) {
                    map.answered(spec, result);
                  }
                });
  }

  /** Shows figures in {@code registry}, of the sources that come later too. */
  public synchronized void bindTo(MeterRegistry registry) {
    FeedMeters shown = new FeedMeters(registry, feed);
    meters = shown;
    shown.show();
  }

  /** Begins to listen, where there is somebody to listen to. */
  public synchronized void listen() {
    if (watching.on() && !started && !closed) {
      started = true;
      feed.start();
      payloads = new PayloadKeeper(watching.rpki(), clock, lots, fetch, feed::payloads);
      payloads.start();
      if (watching.tables().isEmpty()) {
        connect();
      } else {
        List<Document> tables = watching.tables();
        Thread reading = Thread.ofVirtual().name("parallax-tables").start(() -> read(tables));
        loaders.add(reading);
        loaders.add(
            Thread.ofVirtual().name("parallax-tables-wait").start(() -> connectAfter(reading)));
        loaders.add(Thread.ofVirtual().name("parallax-tables-more").start(() -> readMore(tables)));
      }
    }
  }

  private void read(List<Document> tables) {
    try {
      Instant end = clock.instant().plus(KNOWING);
      Instant settled = Instant.MAX;
      int known = 0;
      // Until nothing new has been wanted for a while: targets are mapped one after the other.
      while (clock.instant().isBefore(end) && clock.instant().isBefore(settled)) {
        if (ended.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        int wanted = feed.wanted().addresses().size() + feed.wanted().prefixes().size();
        if (wanted > known) {
          known = wanted;
          settled = clock.instant().plus(SETTLED);
        }
      }
      Wanted first = feed.wanted();
      for (Document table : tables) {
        StoredTables.read(table, first, fetch, feed::stored);
      }
      asked = Optional.of(first);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads tables again for what comes to be wanted later, once that has settled. */
  private void readMore(List<Document> tables) {
    try {
      Wanted seen = Wanted.NOTHING;
      while (!ended.await(SETTLED.toMillis(), TimeUnit.MILLISECONDS)) {
        Wanted now = feed.wanted();
        Wanted before = asked.orElse(now);
        if (now.equals(seen) && now.hasMoreThan(before)) {
          for (Document table : tables) {
            StoredTables.readMore(table, before, now, fetch, feed::stored);
          }
          asked = Optional.of(now);
        }
        seen = now;
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private void connectAfter(Thread reading) {
    try {
      if (!reading.join(LOADING)) {
        LOG.warn("tables=slow waited=\"{}\"", LOADING);
      }
      connect();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void connect() {
    if (!closed) {
      Sources sources = new Sources(clock, lots, new HostGate(fetch.policy()));
      feed.listen(watching.sources(), sources::of);
      Optional.ofNullable(meters).ifPresent(FeedMeters::show);
    }
  }

  /** Goes by another configuration from now on, as far as that can be done while it runs. */
  public synchronized void configure(RouteWatching next) {
    RouteWatching last = watching;
    if (next.equals(last)) {
      return;
    }
    if (!started) {
      feed.settle(Limits.of(next.limits()), prefixes(next));
      watching = next;
      listen();
      return;
    }
    boolean rest =
        !next.tables().equals(last.tables())
            || !next.rpki().equals(last.rpki())
            || !next.limits().equals(last.limits())
            || !next.canaries().equals(last.canaries());
    if (rest) {
      LOG.warn(
          "bgp=changed effect=\"sources are replaced now; tables, vrps, rtr, slurm, limits and"
              + " canaries take effect at the next start\"");
    }
    watching =
        new RouteWatching(
            next.sources(), last.tables(), last.rpki(), last.limits(), last.canaries());
    connect();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      ended.countDown();
      loaders.forEach(Thread::interrupt);
      Optional.ofNullable(payloads).ifPresent(PayloadKeeper::close);
    }
    feed.close();
  }
}
