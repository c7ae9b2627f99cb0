package parallax.coordinator;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.observation.Observation;
import parallax.config.observation.Vantage;
import parallax.config.policy.Receiver;
import parallax.config.problem.Problem;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.configuration.ConfigurationWatcher;
import parallax.coordinator.ingest.AskAgain;
import parallax.coordinator.ingest.CoreDecider;
import parallax.coordinator.ingest.Decider;
import parallax.coordinator.ingest.DecisionLoop;
import parallax.coordinator.ingest.HistoryLoader;
import parallax.coordinator.ingest.StoreWriter;
import parallax.coordinator.metrics.CheckDurations;
import parallax.coordinator.metrics.Meters;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.notify.Outbox;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.SourceRevision;

/** A coordinator: takes in observations, decides, remembers, tells and shows. */
public final class CoordinatorNode implements ConfigurationWatcher.Listener, AutoCloseable {
  private static final Duration LISTEN = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorNode.class);

  private final InstantSource clock;
  private final AtomicReference<ConfigurationStatus> status;
  private final Meters meters = new Meters();
  private final CheckDurations durations = new CheckDurations();
  private final StoreWriter writer;
  private final DecisionLoop loop;
  private final HistoryLoader history;
  private final Outbox outbox;
  private final Tally notifications =
      new Tally(
          "parallax_notifications_total", "Attempts to tell a receiver.", "receiver", "outcome");
  private final ApiServer api;
  private final String version;
  private volatile boolean closing;
  private volatile int port;

  /**
   * What a coordinator needs.
   *
   * @param vertx stays with the caller, as the store does
   * @param port 0 takes any that is free
   * @param configuration in force from the start
   * @param askAgain the way back to the probes
   * @param version of Parallax
   */
  public record Settings(
      Vertx vertx,
      String host,
      int port,
      Store store,
      Configuration configuration,
      InstantSource clock,
      AskAgain askAgain,
      String version) {}

  /**
   * Starts a coordinator that decides by the core's rules.
   *
   * @see #start(Settings, Function)
   */
  public static CoordinatorNode start(Settings settings) {
    return start(settings, CoreDecider::restored);
  }

  /**
   * Starts a coordinator; it listens when this returns, and tells by {@code /readyz} when it
   * decides.
   *
   * @param deciders makes the core from what is remembered
   * @throws parallax.coordinator.store.StoreException when the store cannot be read
   * @throws IllegalStateException when it cannot listen
   */
  public static CoordinatorNode start(
      Settings settings, Function<Store.Remembered, Decider> deciders) {
    // First of all: what an older coordinator writes after this is refused, so nothing is missed.
    Epoch epoch = settings.store().takeOver();
    Decider decider = deciders.apply(settings.store().remembered());
    CoordinatorNode node = new CoordinatorNode(settings, epoch, decider);
    node.configure(settings.configuration());
    node.writer.start();
    node.loop.start();
    node.history.start();
    try {
      node.port =
          node.api
              .listen(settings.host(), settings.port())
              .toCompletionStage()
              .toCompletableFuture()
              .get(LISTEN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      node.close();
      throw new IllegalStateException("interrupted while starting to listen", e);
    } catch (TimeoutException | ExecutionException e) {
      node.close();
      throw new IllegalStateException(
          "cannot listen on " + settings.host() + ":" + settings.port(), e);
    }
    LOG.info(
        "coordinator=started version={} listen={}:{}",
        settings.version(),
        settings.host(),
        node.port);
    return node;
  }

  private CoordinatorNode(Settings settings, Epoch epoch, Decider decider) {
    clock = settings.clock();
    version = settings.version();
    Instant now = clock.instant();
    status =
        new AtomicReference<>(
            new ConfigurationStatus(Snapshot.empty(now).configuration(), now, now, List.of()));
    Tally storeDropped =
        new Tally("parallax_store_dropped_total", "What could not be kept for the store.", "kind");
    Tally storeFailures =
        new Tally("parallax_store_failures_total", "Writes to the store that failed.", "operation");
    Tally dropped =
        new Tally(
            "parallax_ingest_dropped_total", "Observations that were not decided upon.", "reason");
    Tally failures =
        new Tally("parallax_decision_failures_total", "Inputs the core stumbled over.", "input");
    outbox =
        Outbox.start(
            new Outbox.Settings(
                settings.store(),
                () -> status.get().configuration(),
                clock,
                new SplittableRandom(),
                settings.version(),
                (receiver, outcome) -> notifications.count(receiver, outcome)));
    writer =
        new StoreWriter(
            new StoreWriter.Ports(
                settings.store(),
                epoch,
                clock,
                System::nanoTime,
                new StoreWriter.Counts(storeDropped, storeFailures)),
            outbox::wake);
    loop =
        new DecisionLoop(
            new DecisionLoop.Ports(
                decider,
                writer,
                settings.askAgain(),
                new Durations(),
                meters.decisionTook(),
                dropped,
                failures),
            new DecisionLoop.Clocks(clock, System::nanoTime));
    history = new HistoryLoader(settings.store(), loop, clock);
    meters.gauge("parallax.ingest.waiting", "Observations that wait.", loop, DecisionLoop::waiting);
    meters.gauge("parallax.store.waiting", "Effects that wait.", writer, StoreWriter::waiting);
    Status overview = new Status();
    MetricsPage page =
        new MetricsPage(
            overview,
            durations,
            meters,
            List.of(notifications, dropped, failures, storeDropped, storeFailures));
    api =
        new ApiServer(
            settings.vertx(),
            new ApiServer.Sources(overview, settings.store(), page, System::nanoTime));
  }

  /** Where parts that run in the same process count, to be shown on the same page. */
  public MeterRegistry registry() {
    return meters.registry();
  }

  /** Takes in a probe's sign of life; never blocks. */
  public void heard(Vantage vantage, Instant sent) {
    loop.heard(vantage, sent);
  }

  /** Takes in what a probe saw; never blocks. */
  public void ingest(Observation observation) {
    loop.ingest(observation);
  }

  /** What is watched from now on. */
  @Override
  public void configure(Configuration configuration) {
    configure(configuration, Optional.empty());
  }

  @Override
  public void configure(Configuration configuration, SourceRevision source) {
    configure(configuration, Optional.of(source));
  }

  private void configure(Configuration configuration, Optional<SourceRevision> source) {
    Instant now = clock.instant();
    ConfigurationStatus before =
        status.getAndSet(new ConfigurationStatus(configuration, now, now, List.of(), source));
    for (Receiver receiver : configuration.receivers()) {
      for (String outcome : List.of("delivered", "retried", "given_up")) {
        notifications.add(0, receiver.name(), outcome);
      }
    }
    loop.configure(configuration);
    writer.audit(
        new AuditEntry(
            "coordinator",
            "configuration",
            "in force: revision %s, targets %s%s"
                .formatted(
                    configuration.revision(),
                    configuration.targets().size(),
                    source.map(commit -> ", commit " + commit.commit()).orElse(""))),
        now);
    Set<TargetName> known = new HashSet<>();
    before.configuration().targets().forEach(target -> known.add(target.name()));
    history.load(
        configuration.targets().stream()
            .map(Target::name)
            .filter(name -> !known.contains(name))
            .toList());
  }

  /** Users' last edit cannot be taken; what is in force stays. */
  @Override
  public void configurationRejected(List<Problem> problems) {
    Instant now = clock.instant();
    String first = problems.stream().findFirst().map(Problem::toString).orElse("");
    writer.audit(
        new AuditEntry(
            "coordinator",
            "configuration",
            "refused: problems %s, the first: %s".formatted(problems.size(), first)),
        now);
    status.updateAndGet(
        before ->
            new ConfigurationStatus(
                before.configuration(), before.loadedAt(), now, problems, before.source()));
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** What it shows of itself. */
  public Overview overview() {
    return new Status();
  }

  /** Decides and writes what is at hand, for a bounded time, and ends. */
  @Override
  public void close() {
    closing = true;
    history.close();
    loop.close();
    writer.close();
    outbox.close();
    api.close();
    meters.close();
  }

  /** Feeds the histograms. */
  private final class Durations implements DecisionLoop.Listener {
    @Override
    public void saw(Observation observation) {
      durations.saw(observation);
    }

    @Override
    public void configured(Configuration configuration) {
      durations.keep(configuration.targets().stream().map(Target::name).toList());
    }
  }

  private final class Status implements Overview {
    @Override
    public Snapshot snapshot() {
      return loop.snapshot();
    }

    @Override
    public ConfigurationStatus configuration() {
      return status.get();
    }

    @Override
    public List<String> notReady() {
      List<String> reasons = new ArrayList<>(notAlive());
      if (closing) {
        reasons.add("closing");
      }
      String inForce = loop.snapshot().configuration().revision();
      if (!inForce.equals(status.get().configuration().revision())) {
        reasons.add("the configuration is not in force yet");
      }
      writer.trouble().ifPresent(reasons::add);
      return List.copyOf(reasons);
    }

    @Override
    public List<String> notAlive() {
      return loop.trouble().stream().toList();
    }

    @Override
    public String version() {
      return version;
    }
  }
}
