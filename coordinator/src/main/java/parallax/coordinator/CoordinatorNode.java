package parallax.coordinator;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.Configuration;
import parallax.config.metrics.ExpositionFormat;
import parallax.config.observation.Observation;
import parallax.config.observation.Vantage;
import parallax.config.problem.Problem;
import parallax.coordinator.api.ApiServer;
import parallax.coordinator.api.access.OpenDoor;
import parallax.coordinator.configuration.ConfigurationWatcher;
import parallax.coordinator.configuration.change.Change;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.ingest.AskAgain;
import parallax.coordinator.ingest.CoreDecider;
import parallax.coordinator.ingest.Decider;
import parallax.coordinator.ingest.StoreWriter;
import parallax.coordinator.intake.Intake;
import parallax.coordinator.metrics.Instruments;
import parallax.coordinator.metrics.MetricsPage;
import parallax.coordinator.metrics.Tally;
import parallax.coordinator.runbook.execute.Runner;
import parallax.coordinator.status.serve.PublicServer;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Overview;
import parallax.coordinator.view.SourceRevision;
import parallax.coordinator.view.Standing;

/**
 * A coordinator: shows and serves as long as its process lives; takes in observations, decides,
 * remembers and tells while it leads. One that is alone leads always.
 */
public final class CoordinatorNode implements ConfigurationWatcher.Listener, AutoCloseable {
  private static final Duration LISTEN = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(CoordinatorNode.class);

  private final Settings settings;
  private final Function<Store.Remembered, Decider> deciders;
  private final InstantSource clock;
  private final MetricsPage page;
  private final AtomicReference<ConfigurationStatus> status;
  private final Instruments instruments = Instruments.create();
  private final AtomicReference<Optional<Term>> term = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Standing> standing =
      new AtomicReference<>(new Standing.Waits("it has just started"));
  private final Runner runner;
  private final ApiServer api;
  private final AtomicReference<Optional<PublicServer>> publicServer =
      new AtomicReference<>(Optional.empty());
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
   * @param peering of one among several
   */
  public record Settings(
      Vertx vertx,
      String host,
      int port,
      Store store,
      Configuration configuration,
      InstantSource clock,
      AskAgain askAgain,
      String version,
      Peering peering) {

    /** Of one that is alone. */
    public Settings(
        Vertx vertx,
        String host,
        int port,
        Store store,
        Configuration configuration,
        InstantSource clock,
        AskAgain askAgain,
        String version) {
      this(vertx, host, port, store, configuration, clock, askAgain, version, Peering.NONE);
    }
  }

  /**
   * Starts a coordinator that is alone and decides by the core's rules.
   *
   * @see #start(Settings, Function)
   */
  public static CoordinatorNode start(Settings settings) {
    return start(settings, CoreDecider::restored);
  }

  /**
   * Starts a coordinator that is alone; it listens when this returns, and tells by {@code /readyz}
   * when it decides.
   *
   * @param deciders makes the core from what is remembered
   * @throws parallax.coordinator.store.StoreException when the store cannot be read
   * @throws IllegalStateException when it cannot listen
   */
  public static CoordinatorNode start(
      Settings settings, Function<Store.Remembered, Decider> deciders) {
    CoordinatorNode node = new CoordinatorNode(settings, deciders);
    node.lead();
    node.listen();
    return node;
  }

  /**
   * Starts one coordinator of several: it listens when this returns, and neither leads nor follows.
   *
   * @throws IllegalStateException when it cannot listen
   */
  public static CoordinatorNode among(
      Settings settings, Function<Store.Remembered, Decider> deciders) {
    CoordinatorNode node = new CoordinatorNode(settings, deciders);
    node.listen();
    return node;
  }

  private CoordinatorNode(Settings settings, Function<Store.Remembered, Decider> deciders) {
    this.settings = settings;
    this.deciders = deciders;
    clock = settings.clock();
    Instant now = clock.instant();
    status =
        new AtomicReference<>(
            new ConfigurationStatus(settings.configuration(), now, now, List.of()));
    gauge("parallax.ingest.waiting", "Observations that wait.", Term::waiting);
    gauge("parallax.store.waiting", "Effects that wait.", Term::unrecorded);
    instruments
        .meters()
        .gauge(
            "parallax.leading",
            "1 while this coordinator decides.",
            term,
            held -> held.get().isPresent() ? 1 : 0);
    runner =
        settings.peering().runner(settings.store(), clock, System::nanoTime, settings.version());
    Overview overview = overview();
    page = new MetricsPage(overview, instruments.durations(), instruments.meters(), this::tallies);
    api =
        new ApiServer(
            settings.vertx(),
            new ApiServer.Sources(
                overview,
                settings.store(),
                page,
                System::nanoTime,
                clock,
                standing::get,
                settings.peering().hook(),
                runner));
    instruments.expect(settings.configuration());
  }

  private List<Tally> tallies() {
    List<Tally> all = new ArrayList<>(instruments.tallies());
    all.addAll(settings.peering().tallies().get());
    return all;
  }

  private void gauge(String name, String help, ToIntFunction<Term> value) {
    instruments
        .meters()
        .gauge(name, help, term, held -> held.get().map(value::applyAsInt).orElse(0));
  }

  private void listen() {
    port =
        listening(
            api.listen(settings.host(), settings.port()), settings.host() + ":" + settings.port());
    LOG.info(
        "coordinator=started version={} listen={}:{}", settings.version(), settings.host(), port);
    OpenDoor.warn(settings.configuration().access(), settings.host(), port);
  }

  private int listening(Future<Integer> begun, String where) {
    try {
      return begun
          .toCompletionStage()
          .toCompletableFuture()
          .get(LISTEN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IllegalStateException("interrupted while starting to listen", e);
    } catch (TimeoutException | ExecutionException e) {
      close();
      throw new IllegalStateException("cannot listen on " + where, e);
    }
  }

  /**
   * Takes over: from now on this one decides. Blocks while the record is read; not to be called by
   * several threads at a time.
   *
   * @return the epoch of the record in which it decides
   * @throws parallax.coordinator.store.StoreException when the record cannot be read; it may be
   *     tried again
   */
  public Epoch lead() {
    Optional<Term> leading = term.get();
    if (leading.isPresent()) {
      return leading.get().epoch();
    }
    Term begun =
        Term.begin(
            new Term.Ports(
                settings.store(),
                status::get,
                settings.askAgain(),
                clock,
                System::nanoTime,
                instruments,
                settings.peering(),
                runner,
                settings.version()),
            deciders);
    term.set(Optional.of(begun));
    standing.set(new Standing.Leads());
    LOG.info("coordinator=leads epoch={}", begun.epoch().number());
    return begun.epoch();
  }

  /** Another leads from now on. What this one decided and did not record yet is given up. */
  public void follow(URI leader) {
    stand(new Standing.Follows(leader));
  }

  /** Nobody leads that this one knows of. */
  public void await(String why) {
    stand(new Standing.Waits(why));
  }

  private void stand(Standing now) {
    standing.set(now);
    Optional<Term> ended = term.getAndSet(Optional.empty());
    // It takes a while, above all when the record cannot be reached; its epoch keeps it harmless.
    ended.ifPresent(over -> Thread.ofVirtual().name("parallax-term-end").start(over::close));
    LOG.info("coordinator={}", now);
  }

  /** Where parts that run in the same process count, to be shown on the same page. */
  public MeterRegistry registry() {
    return instruments.meters().registry();
  }

  /** What {@code /metrics} shows, as of now. */
  public MetricsPage.Reading metrics() {
    return page.read(ExpositionFormat.PROMETHEUS);
  }

  /** Takes in a sign of life of a probe in this process; never blocks. */
  public void heard(Vantage vantage, Instant sent) {
    heard(Beat.measured(vantage, sent, clock.instant()));
  }

  /** The same, of a probe elsewhere. */
  public void heard(Beat beat) {
    term.get().ifPresent(leading -> leading.heard(beat));
  }

  /** Takes in what a probe in this process saw; never blocks. */
  public void ingest(Observation observation) {
    term.get().ifPresent(leading -> leading.ingest(observation));
  }

  /**
   * Takes in what others hold replicated; waits while there is no room.
   *
   * @param told once it is settled; at once when this one does not lead
   */
  public void feed(List<Evidence> evidence, StoreWriter.Settled told) throws InterruptedException {
    Optional<Term> leading = term.get();
    if (leading.isPresent()) {
      leading.get().feed(evidence, told);
    } else {
      told.settled(false);
    }
  }

  /** Decides on what others keep, or is on record already; waits while there is no room. */
  public void feedOnly(List<Evidence> evidence) throws InterruptedException {
    for (Term leading : term.get().stream().toList()) {
      leading.feedOnly(evidence);
    }
  }

  /** Where probes elsewhere hand over what they saw, when this coordinator is alone. */
  public Intake intake() {
    return new DiskIntake(term::get);
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
    ConfigurationStatus before = status.get();
    ConfigurationStatus after = before.followedBy(configuration, source, clock.instant());
    status.set(after);
    instruments.expect(configuration);
    term.get().ifPresent(leading -> leading.configure(after, after.addedTo(before)));
  }

  /** Users' last edit cannot be taken; what is in force stays. */
  @Override
  public void configurationRejected(List<Problem> problems) {
    refuse(problems, Optional.empty());
  }

  @Override
  public void configurationHeld(List<Problem> problems, Optional<Change> change) {
    refuse(problems, change);
  }

  private void refuse(List<Problem> problems, Optional<Change> held) {
    String first = problems.stream().findFirst().map(Problem::toString).orElse("");
    term.get()
        .ifPresent(
            leading ->
                leading.audit(
                    "refused: problems %s, the first: %s".formatted(problems.size(), first)));
    Instant now = clock.instant();
    status.updateAndGet(before -> before.refusing(problems, held, now));
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /**
   * Opens a listener that has what the public may read, and nothing else; it ends with this
   * coordinator. To be called once.
   *
   * @param publicPort 0 takes any that is free
   * @return where it listens
   * @throws IllegalStateException when it cannot listen
   */
  public int publish(String host, int publicPort) {
    PublicServer opened = api.publication().server(settings.vertx(), standing::get);
    publicServer.set(Optional.of(opened));
    return listening(opened.listen(host, publicPort), host + ":" + publicPort);
  }

  Overview overview() {
    return new OwnOverview(
        term::get, status::get, standing::get, () -> closing, settings, this::port);
  }

  /** Decides and writes what is at hand, for a bounded time, and ends. */
  @Override
  public void close() {
    closing = true;
    term.getAndSet(Optional.empty()).ifPresent(Term::close);
    publicServer.getAndSet(Optional.empty()).ifPresent(PublicServer::close);
    api.close();
    runner.close();
    instruments.meters().close();
  }
}
