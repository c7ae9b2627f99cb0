package parallax.probe.bgp.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.routes.SourceSpec;
import parallax.probe.bgp.feed.RouteListener;
import parallax.probe.bgp.feed.RouteSource;
import parallax.probe.bgp.feed.SourceFigures;
import parallax.probe.bgp.route.RouteEvent;
import parallax.probe.bgp.rpki.VrpTable;
import parallax.probe.bgp.table.PeerStanding;
import parallax.probe.bgp.table.TableLimits;
import parallax.probe.bgp.visibility.Reach;
import parallax.probe.bgp.visibility.RouteVerdict;
import parallax.probe.bgp.visibility.VisibilitySettings;
import parallax.probe.net.Cidr;

/**
 * One thread that owns the routes, and the sources that tell it of them. Sources wait while it has
 * much to do; everybody else never waits.
 */
public final class RouteFeed implements AutoCloseable {
  /** Batches of events that wait; a source that has another one waits itself. */
  static final int MAX_WAITING = 1_024;

  static final Duration TICK = Duration.ofSeconds(1);

  /** Of more prefixes a snapshot is only taken when something is to be said, or after a pause. */
  private static final int MANY = 500;

  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** Verdicts of one tick that are logged one by one. */
  private static final int MAX_LINES = 50;

  /** Whoever asks for a match does without one after that. */
  private static final Duration MATCH_TIME = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofMillis(50);
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Logger LOG = LoggerFactory.getLogger(RouteFeed.class);

  private final InstantSource clock;
  private final Consumer<List<RouteVerdict>> told;
  private WatchedRoutes routes;
  private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Map<SourceSpec, Running> running = new LinkedHashMap<>();

  /** The same, for those who must not wait for a change of it. */
  private volatile List<Running> open = List.of();

  private volatile RouteSnapshot snapshot = RouteSnapshot.NOTHING;
  private final Map<String, SortedMap<String, PeerStanding.Health>> broken = new HashMap<>();
  private volatile Wanted wanted = Wanted.NOTHING;
  private volatile boolean closed;
  private @Nullable Thread thread;
  private Wanted watched = Wanted.NOTHING;
  private Instant nextTick = Instant.MIN;
  private boolean blind = true;

  /** Something to be done on the feed's thread. */
  interface Work {
    void on(WatchedRoutes routes, Instant now);
  }

  private record Running(String label, RouteSource source) {}

  /**
   * A feed without a thread yet.
   *
   * @param canaries prefixes that have nothing to do with the others
   * @param told gets the verdicts of each tick, on the feed's thread
   */
  public RouteFeed(
      InstantSource clock,
      VisibilitySettings settings,
      List<Cidr> canaries,
      Consumer<List<RouteVerdict>> told) {
    this.clock = clock;
    this.told = told;
    this.routes = new WatchedRoutes(TableLimits.DEFAULT, settings);
    canaries.forEach(prefix -> routes.canary(prefix, clock.instant()));
  }

  /**
   * Goes by these in place of those that it was made with; nothing happens once it works.
   *
   * @param canaries as when it is made
   */
  public synchronized void settle(VisibilitySettings settings, List<Cidr> canaries) {
    if (thread == null) {
      WatchedRoutes fresh = new WatchedRoutes(TableLimits.DEFAULT, settings);
      canaries.forEach(prefix -> fresh.canary(prefix, clock.instant()));
      routes = fresh;
    }
  }

  /** Begins to work. Called once. */
  public synchronized void start() {
    thread =
        Thread.ofPlatform()
            .name("parallax-routes")
            .daemon()
            .start(
                () -> {
                  while (!closed) {
                    turn(PATIENCE);
                  }
                });
  }

  /** Does what waits, after waiting for it a while, and looks when it is time to. */
  void turn(Duration patience) {
    try {
      Work first = waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (first != null) {
        List<Work> batch = new ArrayList<>();
        batch.add(first);
        waiting.drainTo(batch, MAX_WAITING);
        batch.forEach(work -> work.on(routes, clock.instant()));
      }
      Instant now = clock.instant();
      if (!now.isBefore(nextTick)) {
        tick(now);
        nextTick = now.plus(TICK);
      }
    } catch (InterruptedException ended) {
      closed = true;
      Thread.currentThread().interrupt();
    } catch (RuntimeException defect) {
      LOG.error("routes=failed", defect);
    }
  }

  private void tick(Instant now) {
    Wanted newest = wanted;
    if (!newest.equals(watched)) {
      watched = newest;
      routes.want(newest, now);
      // A source may wait for its own lock while it waits for us to take what it has heard.
      Thread.ofVirtual().name("parallax-routes-want").start(this::tellSources);
    }
    List<RouteVerdict> verdicts = routes.tick(now);
    boolean many = newest.prefixes().size() > MANY;
    if (!many || !verdicts.isEmpty() || !now.isBefore(snapshot.at().plus(PAUSE))) {
      snapshot = routes.snapshot(now);
    }
    log(verdicts);
    told.accept(verdicts);
  }

  /** Whoever comes late tells the same, for the newest is told. */
  private void tellSources() {
    SortedSet<Cidr> asked = wanted.asked();
    open.forEach(one -> one.source().want(asked));
  }

  private void log(List<RouteVerdict> verdicts) {
    if (snapshot.blind() != blind) {
      blind = snapshot.blind();
      LOG.info("routes={}", blind ? "blind" : "heard");
    }
    snapshot.sources().forEach(this::logBroken);
    // That nothing is heard is said once, not of every prefix.
    List<RouteVerdict> news = verdicts.stream().filter(verdict -> !isBlind(verdict)).toList();
    news.stream().limit(MAX_LINES).forEach(verdict -> LOG.info("{}", VerdictText.of(verdict)));
    if (news.size() > MAX_LINES) {
      LOG.info("verdicts={} shown={}", news.size(), MAX_LINES);
    }
  }

  /** A feed that cannot be true is told once, and is no outage. */
  private void logBroken(String source, RouteSnapshot.SourceState state) {
    SortedMap<String, PeerStanding.Health> before =
        broken.getOrDefault(source, Collections.emptySortedMap());
    if (before.equals(state.broken())) {
      return;
    }
    state
        .broken()
        .forEach(
            (peer, why) -> {
              if (before.get(peer) != why) {
                LOG.warn("source={} peer=\"{}\" state=broken_feed why={}", source, peer, why);
              }
            });
    before.keySet().stream()
        .filter(peer -> !state.broken().containsKey(peer))
        .forEach(peer -> LOG.info("source={} peer=\"{}\" state=sound", source, peer));
    broken.put(source, state.broken());
  }

  private static boolean isBlind(RouteVerdict verdict) {
    return verdict instanceof RouteVerdict.Reached reached && reached.reach() == Reach.BLIND;
  }

  /** How it stood at the last tick. */
  public RouteSnapshot snapshot() {
    return snapshot;
  }

  /** What is to be watched from the next tick on, in place of what was before. */
  public void want(Wanted newest) {
    wanted = newest;
  }

  /** What is to be watched, as was said last. */
  public Wanted wanted() {
    return wanted;
  }

  /** What the RPKI allows; empty when that is not known. Waits while there is much to do. */
  public void payloads(Optional<VrpTable> known) {
    put((routes, _) -> routes.payloads(known));
  }

  /** What peers had when their tables were stored. Waits while there is much to do. */
  public void stored(List<RouteEvent> events) {
    List<RouteEvent> all = List.copyOf(events);
    put((routes, now) -> all.forEach(event -> routes.stored(event, now)));
  }

  /**
   * The routes to these addresses, where the table has one. Never waits.
   *
   * @return completes soon; with nothing when there is too much to do
   */
  public CompletableFuture<Map<Cidr, WatchedRoutes.Match>> match(List<Cidr> addresses) {
    CompletableFuture<Map<Cidr, WatchedRoutes.Match>> found = new CompletableFuture<>();
    boolean taken =
        !closed && waiting.offer((routes, _) -> found.complete(routes.match(addresses)));
    if (!taken) {
      found.complete(Map.of());
    }
    return found.completeOnTimeout(Map.of(), MATCH_TIME.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Listens to these, and to nobody else: what runs and is among them goes on undisturbed.
   *
   * @param opener makes one that is not opened yet; see {@link Sources#of}
   */
  public synchronized void listen(
      List<SourceSpec> specs, Function<SourceSpec, RouteSource> opener) {
    List<SourceSpec> gone =
        running.keySet().stream().filter(spec -> !specs.contains(spec)).toList();
    for (SourceSpec spec : gone) {
      Optional.ofNullable(running.remove(spec)).ifPresent(this::end);
      open = List.copyOf(running.values());
    }
    for (SourceSpec spec : specs) {
      if (!closed && !running.containsKey(spec)) {
        Running one = new Running(label(spec), opener.apply(spec));
        running.put(spec, one);
        open = List.copyOf(running.values());
        put((routes, _) -> routes.add(one.label()));
        LOG.info("source={} state=started", one.label());
        one.source().start(new Tap(one.label(), one.source().name()));
        one.source().want(wanted.asked());
      }
    }
  }

  /** The kind, with a number when there is one of it already. */
  private String label(SourceSpec spec) {
    List<String> taken = running.values().stream().map(Running::label).toList();
    int number = 1;
    String label = spec.kind();
    while (taken.contains(label)) {
      number++;
      label = spec.kind() + "-" + number;
    }
    return label;
  }

  private void end(Running one) {
    one.source().close();
    put((routes, _) -> routes.remove(one.label()));
    LOG.info("source={} state=ended", one.label());
  }

  /** How each source has done, by label. */
  public SortedMap<String, SourceFigures> figures() {
    SortedMap<String, SourceFigures> figures = new TreeMap<>();
    open.forEach(one -> figures.put(one.label(), one.source().figures()));
    return figures;
  }

  /** Waits for room; what comes when it has ended is dropped. */
  private void put(Work work) {
    try {
      boolean taken = false;
      while (!taken && !closed) {
        taken = waiting.offer(work, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** The ear of one source. */
  private final class Tap implements RouteListener {
    private final String label;
    private final String name;

    Tap(String label, String name) {
      this.label = label;
      this.name = name;
    }

    private String who(String source) {
      return source.equals(name) ? label : source;
    }

    @Override
    public void heard(List<RouteEvent> events, Instant received) {
      List<RouteEvent> all = List.copyOf(events);
      put((routes, _) -> routes.heard(label, all, received));
    }

    @Override
    public void alive(String source, Instant at) {
      put((routes, _) -> routes.alive(label, who(source), at));
    }

    @Override
    public void lost(String source, Instant at, String why) {
      LOG.warn("source={} who={} state=lost why=\"{}\"", label, source, why);
      put((routes, _) -> routes.lost(label, who(source)));
    }

    @Override
    public void connected(String source, Instant at) {
      LOG.info("source={} who={} state=connected", label, source);
      put((routes, _) -> routes.connected(label, who(source)));
    }
  }

  /** Ends every source and the thread; who waits to be heard waits no more. */
  @Override
  public void close() {
    closed = true;
    List<Running> last;
    Thread worker;
    synchronized (this) {
      last = List.copyOf(running.values());
      running.clear();
      open = List.of();
      worker = thread;
    }
    last.forEach(one -> one.source().close());
    if (worker != null) {
      try {
        worker.join(GOODBYE);
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
