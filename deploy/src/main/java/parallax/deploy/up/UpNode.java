package parallax.deploy.up;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.problem.Problem;
import parallax.config.secret.Secret;
import parallax.config.target.TargetName;
import parallax.coordinator.CoordinatorNode;
import parallax.coordinator.Peering;
import parallax.coordinator.configuration.ConfigurationSource;
import parallax.coordinator.configuration.ConfigurationWatcher;
import parallax.coordinator.configuration.StoreApprovals;
import parallax.coordinator.configuration.Watching;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.configuration.hook.PullHook;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.store.Store;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.coordinator.view.ProbeConnection;
import parallax.coordinator.view.SourceRevision;
import parallax.deploy.command.Listen;
import parallax.deploy.command.Version;
import parallax.deploy.otlp.Otlp;
import parallax.probe.LocalChecks;
import parallax.probe.LocalRoutes;
import parallax.probe.ProbeNode;

/** A coordinator and a probe in one process, joined by method calls. */
final class UpNode implements ConfigurationWatcher.Listener, AutoCloseable {
  /** How long an end may take before it is made an end of. */
  static final Duration GOODBYE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(UpNode.class);

  private final Vertx vertx;
  private final Store store;
  private final AtomicReference<ProbeLine> line = new AtomicReference<>(new ProbeLine.Pending());
  private final AtomicReference<Optional<Watching>> watched =
      new AtomicReference<>(Optional.empty());
  private final CoordinatorNode coordinator;
  private final Optional<Listen> publicPage;
  private final LocalRoutes routes;
  private final ProbeNode probe;
  private final ConfigurationSource source;
  private final Watching watcher;
  private final Runnable sending;
  private boolean closed;

  /**
   * What runs.
   *
   * @param source is watched for changes, and closed at the end
   * @param first what it begins with
   * @param data the folder of the record
   * @param hookSecret of who may have the configuration asked for; empty: nobody
   * @param publicly where the public status page is served; empty: nowhere
   * @param commands that this machine allows runbooks to run
   */
  record Settings(
      ConfigurationSource source,
      ConfigurationSource.Start.Ready first,
      Path data,
      Listen listen,
      Optional<Listen> publicly,
      Vantage vantage,
      Optional<Secret> hookSecret,
      LocalCommands commands,
      LocalChecks.Settings checks) {}

  /** The way from the coordinator to a probe that is started after it. */
  private sealed interface ProbeLine {
    record Pending() implements ProbeLine {}

    record Open(ProbeNode probe) implements ProbeLine {}
  }

  /**
   * Starts everything; it listens when this returns.
   *
   * @throws parallax.coordinator.store.StoreException when the record cannot be used
   * @throws IllegalStateException when it cannot listen
   */
  static UpNode start(Settings settings) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    try {
      return new UpNode(settings, vertx, SqliteStore.open(settings.data()));
    } catch (RuntimeException e) {
      close(vertx);
      throw e;
    }
  }

  private UpNode(Settings settings, Vertx vertx, Store store) {
    this.vertx = vertx;
    this.source = settings.source();
    this.store = store;
    ProbeNode.Settings looking = ProbeNode.Settings.of(settings.vantage(), vertx);
    coordinator = coordinator(settings, looking);
    publicPage = settings.publicly().map(this::publish);
    LocalChecks local = LocalChecks.of(vertx, looking.clock(), looking.nanos(), settings.checks());
    routes = local.routes();
    probe = ProbeNode.start(looking, local.checks(), local.tracer(), coordinator::ingest);
    probe.bindTo(coordinator.registry());
    routes.bindTo(coordinator.registry());
    routes.listen();
    line.set(new ProbeLine.Open(probe));
    InstantSource clock = looking.clock();
    coordinator.heard(settings.vantage(), clock.instant());
    vertx.setPeriodic(
        Fleet.BEAT.toMillis(), _ -> coordinator.heard(settings.vantage(), clock.instant()));
    probe.assign(settings.first().configuration().targets());
    settings
        .first()
        .source()
        .ifPresent(commit -> coordinator.configure(settings.first().configuration(), commit));
    watcher =
        settings
            .source()
            .watch(
                settings.first(),
                new ConfigurationSource.Watch(new StoreApprovals(store, clock), clock, this));
    watcher.bindTo(coordinator.registry());
    watcher.start();
    watched.set(Optional.of(watcher));
    sending =
        Otlp.start(
            "parallax",
            settings.vantage().probe().value(),
            () -> coordinator.metrics()::next,
            coordinator.registry(),
            clock);
  }

  private CoordinatorNode coordinator(Settings settings, ProbeNode.Settings looking) {
    Instant start = looking.clock().instant();
    try {
      return CoordinatorNode.start(
          new CoordinatorNode.Settings(
              vertx,
              settings.listen().host(),
              settings.listen().port(),
              store,
              settings.first().configuration(),
              InstantSource.system(),
              this::lookAgain,
              Version.NUMBER,
              Peering.of(() -> connection(looking, start))
                  .with(settings.hookSecret().map(secret -> new PullHook(secret, this::pull)))
                  .with(settings.commands())));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private Listen publish(Listen there) {
    try {
      return there.at(coordinator.publish(there.host(), there.port()));
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** It is there for as long as the coordinator is; what a stream would tell, it does not. */
  private static ProbeConnection connection(ProbeNode.Settings probe, Instant start) {
    return new ProbeConnection(
        probe.vantage(),
        probe.boot(),
        Optional.empty(),
        Optional.empty(),
        Peering.NONE.name(),
        start,
        "Parallax/" + Version.NUMBER,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new TreeMap<>(),
        probe.clock().instant(),
        ProbeConnection.State.OPEN);
  }

  private void lookAgain(TargetName target, CheckKind check, ProbeName probe, Duration after) {
    switch (line.get()) {
      // Without a probe there was no first look, and nothing to look at again.
      case ProbeLine.Pending _ -> {}
      // It is the only probe there is.
      case ProbeLine.Open(ProbeNode open) -> open.checkNow(target, check, after);
    }
  }

  private void pull() {
    watched.get().ifPresent(Watching::poke);
  }

  @Override
  public void configure(Configuration configuration) {
    coordinator.configure(configuration);
    watch(configuration);
  }

  @Override
  public void configure(Configuration configuration, SourceRevision commit) {
    coordinator.configure(configuration, commit);
    watch(configuration);
  }

  private void watch(Configuration configuration) {
    routes.configure(configuration.routing());
    probe.assign(configuration.targets());
  }

  @Override
  public void configurationRejected(List<Problem> problems) {
    coordinator.configurationRejected(problems);
  }

  @Override
  public void configurationHeld(List<Problem> problems, Optional<Change> change) {
    coordinator.configurationHeld(problems, change);
  }

  int port() {
    return coordinator.port();
  }

  /** Where the public status page is served. */
  Optional<Listen> publicPage() {
    return publicPage;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      sending.run();
      watcher.close();
      source.close();
      probe.close();
      routes.close();
      coordinator.close();
      store.close();
      close(vertx);
    }
  }

  private static void close(Vertx vertx) {
    try {
      vertx.close().await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("vertx=closing why=\"did not end in {}\"", GOODBYE);
    }
  }
}
