package parallax.bench.pages;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.observation.Layer;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.ProbeView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.UptimeHistory;

/**
 * Pages of many targets of which some turn from up to down and back each tenth of a second. What
 * turns is put on the pages without being decided: no core decides so much.
 */
final class Storm implements Overview, AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final int DOWN_AT_FIRST = 100;

  private final Configuration configuration;
  private final Instant since = Instant.now();
  private final Meters meters = new Meters();
  private final ApiServer server;
  private final int port;
  private final List<TargetView> views = new ArrayList<>();
  private final Thread thread;
  private volatile Snapshot snapshot;
  private volatile int rate;
  private final AtomicLong turned = new AtomicLong();
  private volatile boolean over;

  Storm(Vertx vertx, Configuration configuration, Store store) {
    this.configuration = configuration;
    for (int target = 0; target < configuration.targets().size(); target++) {
      views.add(view(target, target >= DOWN_AT_FIRST));
    }
    snapshot = shown();
    MetricsPage page = new MetricsPage(this, new CheckDurations(), meters, List.of());
    server =
        new ApiServer(
            vertx,
            new ApiServer.Sources(this, store, page, System::nanoTime, InstantSource.system()));
    port = server.listen("127.0.0.1", 0).await();
    thread = Thread.ofPlatform().daemon().start(this::turn);
  }

  int port() {
    return port;
  }

  /** How many turned so far. */
  long turned() {
    return turned.get();
  }

  /** So many turn in a second from now on. */
  void change(int each) {
    rate = each;
  }

  private void turn() {
    double due = 0;
    int next = 0;
    long last = System.nanoTime();
    while (!over) {
      LockSupport.parkNanos(STEP.toNanos());
      long now = System.nanoTime();
      due += rate * (now - last) / 1e9;
      last = now;
      int some = (int) due;
      due -= some;
      for (int count = 0; count < some; count++) {
        boolean up = views.get(next).verdict().state() == TargetState.UP;
        views.set(next, view(next, !up));
        next = (next + 1) % views.size();
      }
      if (some > 0) {
        snapshot = shown();
        turned.addAndGet(some);
      }
    }
  }

  private Snapshot shown() {
    List<ProbeView> probes = new ArrayList<>();
    Instant now = Instant.now();
    for (int probe = 0; probe < Looks.PROBES; probe++) {
      probes.add(ProbeView.unheard(Looks.vantage(probe), now));
    }
    return new Snapshot(now, configuration, views, List.of(), probes);
  }

  private TargetView view(int number, boolean up) {
    Target target = configuration.targets().get(number);
    List<Evidence> looks = new ArrayList<>();
    List<Vote> votes = new ArrayList<>();
    for (int probe = 0; probe < Looks.PROBES; probe++) {
      Evidence look = Looks.of(probe, number, number, up);
      looks.add(look);
      votes.add(
          new Vote(
              look.observation().id(),
              look.observation().vantage(),
              CheckKind.HTTP,
              look.observation().layer(),
              look.received(),
              up ? Vote.Ballot.FINE : Vote.Ballot.FAILED,
              look.observation().outcome().why(),
              up ? -3.5 : 5.5));
    }
    return new TargetView(
        target,
        verdict(target.name(), up, votes),
        looks,
        UptimeHistory.EMPTY.with(since, TargetState.UP),
        Optional.empty());
  }

  private static Verdict verdict(TargetName name, boolean up, List<Vote> votes) {
    return new Verdict(
        name,
        up ? TargetState.UP : TargetState.DOWN,
        up ? Optional.empty() : Optional.of(Scope.GLOBAL),
        List.of(),
        up
            ? Optional.empty()
            : Optional.of(
                new Cause(
                    Optional.of(Layer.HTTP),
                    Looks.BROKEN.why().orElseThrow(),
                    "target:" + name.value())),
        Instant.now(),
        0.99,
        votes,
        Why.rule("http fails for 12 of 12 probes"));
  }

  @Override
  public Snapshot snapshot() {
    return snapshot;
  }

  @Override
  public ConfigurationStatus configuration() {
    return new ConfigurationStatus(configuration, since, since, List.of());
  }

  @Override
  public List<ProbeConnection> connections() {
    return List.of();
  }

  @Override
  public List<String> notReady() {
    return List.of();
  }

  @Override
  public List<String> notAlive() {
    return List.of();
  }

  @Override
  public String version() {
    return "bench";
  }

  @Override
  public void close() {
    over = true;
    thread.interrupt();
    server.close();
    meters.close();
  }
}
