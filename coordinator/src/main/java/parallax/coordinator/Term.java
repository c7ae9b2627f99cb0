package parallax.coordinator;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import parallax.config.Configuration;
import parallax.config.observation.Observation;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.desk.Desk;
import parallax.coordinator.desk.DeskInput;
import parallax.coordinator.ingest.AskAgain;
import parallax.coordinator.ingest.CoreDecider;
import parallax.coordinator.ingest.Decider;
import parallax.coordinator.ingest.DecisionLoop;
import parallax.coordinator.ingest.HistoryLoader;
import parallax.coordinator.ingest.StoreWriter;
import parallax.coordinator.job.JobDecider;
import parallax.coordinator.metrics.Instruments;
import parallax.coordinator.notebook.Entry;
import parallax.coordinator.notebook.Happening;
import parallax.coordinator.notify.Outbox;
import parallax.coordinator.people.DeedWatch;
import parallax.coordinator.people.SignWatch;
import parallax.coordinator.people.SilenceWatch;
import parallax.coordinator.runbook.execute.RunbookWatch;
import parallax.coordinator.runbook.execute.Runner;
import parallax.coordinator.store.AuditEntry;
import parallax.coordinator.store.Epoch;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.watchdog.Heartbeat;
import parallax.coordinator.watchdog.Signs;

/**
 * The time in which a coordinator decides, records and tells: from its taking over the record to
 * the end of the process, or until another takes over.
 */
final class Term implements AutoCloseable {
  private final Ports ports;
  private final Epoch epoch;
  private final Outbox outbox;
  private final StoreWriter writer;
  private final DecisionLoop loop;
  private final HistoryLoader history;
  private final Heartbeat heartbeat;
  private final SilenceWatch silences;
  private final DeedWatch deeds;
  private final SignWatch signs;
  private final RunbookWatch runbooks;

  /**
   * What is decided with.
   *
   * @param configuration the one in force, and where it is from
   * @param peering what differs for one to which probes speak from elsewhere
   * @param runner does what runbooks say; goes on after the term
   */
  record Ports(
      Store store,
      Supplier<ConfigurationStatus> configuration,
      AskAgain askAgain,
      InstantSource clock,
      LongSupplier nanos,
      Instruments instruments,
      Peering peering,
      Runner runner,
      String version) {}

  /**
   * Takes over the record and goes on from it.
   *
   * @param deciders makes the core from what is remembered
   * @throws parallax.coordinator.store.StoreException when the record cannot be read
   */
  static Term begin(Ports ports, Function<Store.Remembered, Decider> deciders) {
    // First of all: what an older coordinator writes after this is refused, so nothing is missed.
    Epoch epoch = ports.store().takeOver();
    Store.Remembered remembered = ports.store().remembered();
    SignWatch signs =
        new SignWatch(
            ports.store(), ports.clock(), () -> ports.configuration().get().configuration());
    Decider decider =
        JobDecider.restored(
            deciders,
            remembered,
            new JobDecider.Ports(() -> ports.configuration().get().configuration(), signs::newest));
    Heads heads =
        new Heads(
            decider,
            CoreDecider.desk(remembered),
            Done.read(ports.store(), remembered.open()),
            remembered.told());
    Term term = new Term(ports, epoch, heads, signs);
    ConfigurationStatus status = ports.configuration().get();
    term.configure(status, status.configuration().targets().stream().map(Target::name).toList());
    term.writer.start();
    term.loop.start();
    term.history.start();
    term.heartbeat.start();
    term.silences.start();
    term.deeds.start();
    term.signs.start();
    term.runbooks.start();
    return term;
  }

  /**
   * Who decides.
   *
   * @param done what people had done before
   * @param told letters about what is open
   */
  private record Heads(Decider decider, Desk desk, Done done, List<Store.Delivery> told) {}

  /**
   * What people had done by some time.
   *
   * @param upTo the number of the newest entry then
   * @param ofOpen the entries of incidents that are open
   */
  private record Done(long upTo, List<Entry> ofOpen) {
    static Done read(Store store, List<Incident> open) {
      long upTo = store.notebookEnd();
      List<Entry> entries =
          open.stream().flatMap(incident -> store.notebook(incident.id()).stream()).toList();
      return new Done(upTo, entries);
    }
  }

  private Term(Ports ports, Epoch epoch, Heads heads, SignWatch signs) {
    this.signs = signs;
    this.ports = ports;
    this.epoch = epoch;
    Instruments instruments = ports.instruments();
    outbox =
        Outbox.start(
            new Outbox.Settings(
                ports.store(),
                () -> ports.configuration().get().configuration(),
                ports.clock(),
                new SplittableRandom(),
                ports.version(),
                ports.peering().steps(),
                (receiver, outcome) -> instruments.notifications().count(receiver, outcome)),
            heads.told());
    writer =
        new StoreWriter(
            new StoreWriter.Ports(
                ports.store(),
                epoch,
                ports.clock(),
                ports.nanos(),
                ports.peering().steps(),
                ports.peering().maxEvidence(),
                new StoreWriter.Counts(instruments.storeDropped(), instruments.storeFailures())),
            outbox::wake);
    loop =
        new DecisionLoop(
            new DecisionLoop.Ports(
                heads.decider(),
                heads.desk(),
                outbox::failing,
                writer,
                ports.askAgain(),
                new Durations(),
                instruments.meters().decisionTook(),
                instruments.dropped(),
                instruments.failures()),
            new DecisionLoop.Clocks(ports.clock(), ports.nanos()));
    history = new HistoryLoader(ports.store(), loop, ports.clock());
    silences = new SilenceWatch(ports.store(), ports.clock(), loop::silence);
    deeds = new DeedWatch(ports.store(), heads.done().upTo(), this::done);
    heads.done().ofOpen().forEach(this::done);
    runbooks =
        new RunbookWatch(
            new RunbookWatch.Ports(
                ports.store(), epoch, this::snapshot, ports.clock(), ports.runner()));
    heartbeat =
        new Heartbeat(
            new Heartbeat.Ports(
                ports.peering().name(),
                epoch,
                ports.version(),
                ports.configuration(),
                new Watched(),
                new Heartbeat.Clocks(ports.clock(), ports.nanos()),
                new SplittableRandom(),
                instruments.heartbeats()));
  }

  /** Whether it was taken in, or concerns nobody here. */
  private boolean done(Entry entry) {
    return !(entry.what() instanceof Happening.Acknowledged)
        || loop.hear(new DeskInput.Acknowledged(entry.incident(), entry.who(), entry.happened()));
  }

  Epoch epoch() {
    return epoch;
  }

  /** See {@link DecisionLoop#ingest(Observation)}. */
  void ingest(Observation observation) {
    loop.ingest(observation);
  }

  /** See {@link DecisionLoop#ingest(List, StoreWriter.Settled)}. */
  void ingest(List<Evidence> evidence, StoreWriter.Settled told) {
    loop.ingest(evidence, told);
  }

  /** See {@link DecisionLoop#feed}. */
  void feed(List<Evidence> evidence, StoreWriter.Settled told) throws InterruptedException {
    loop.feed(evidence, told);
  }

  /** See {@link DecisionLoop#feedOnly}. */
  void feedOnly(List<Evidence> evidence) throws InterruptedException {
    loop.feedOnly(evidence);
  }

  /** See {@link DecisionLoop#hear}. */
  boolean hear(DeskInput deed) {
    return loop.hear(deed);
  }

  void heard(Beat beat) {
    loop.heard(beat);
  }

  /**
   * What is watched from now on.
   *
   * @param added targets of which this term knows nothing yet
   */
  void configure(ConfigurationStatus status, List<TargetName> added) {
    Configuration configuration = status.configuration();
    loop.configure(configuration);
    audit(
        "in force: revision %s, targets %s%s"
            .formatted(
                configuration.revision(),
                configuration.targets().size(),
                status.source().map(commit -> ", commit " + commit.commit()).orElse("")));
    history.load(added);
  }

  /** Something about the configuration that is to be found later. */
  void audit(String detail) {
    writer.audit(new AuditEntry("coordinator", "configuration", detail), ports.clock().instant());
  }

  Snapshot snapshot() {
    return loop.snapshot();
  }

  /** Why nothing is decided right now. */
  Optional<String> notDeciding() {
    return loop.trouble();
  }

  /** Why nothing is recorded right now. */
  Optional<String> notRecording() {
    return writer.trouble();
  }

  /** Why what is shown is not what is in force, or not recorded. */
  List<String> notReady() {
    String decidesBy = snapshot().configuration().revision();
    String shown = ports.configuration().get().configuration().revision();
    Optional<String> late =
        decidesBy.equals(shown)
            ? Optional.empty()
            : Optional.of("the configuration is not in force yet");
    return Stream.concat(late.stream(), notRecording().stream()).toList();
  }

  /** Observations that wait to be decided upon. */
  int waiting() {
    return loop.waiting();
  }

  /** What was decided and waits to be recorded. */
  int unrecorded() {
    return writer.waiting();
  }

  /** Decides and writes what is at hand, for a bounded time, and ends. */
  @Override
  public void close() {
    heartbeat.close();
    runbooks.close();
    silences.close();
    deeds.close();
    signs.close();
    history.close();
    loop.close();
    writer.close();
    outbox.close();
  }

  /** What is told outside: that this term decides and records. */
  private final class Watched implements Heartbeat.Coordinator {
    @Override
    public Signs signs() {
      String decidesBy = snapshot().configuration().revision();
      String shown = ports.configuration().get().configuration().revision();
      Optional<String> apart = ports.peering().trouble().get().stream().findFirst();
      return new Signs(notDeciding(), notRecording(), apart, decidesBy.equals(shown), unrecorded());
    }

    @Override
    public void ask(StoreWriter.Settled answer) throws InterruptedException {
      feed(List.of(), answer);
    }
  }

  /** Feeds the histograms. */
  private final class Durations implements DecisionLoop.Listener {
    @Override
    public void saw(Observation observation) {
      ports.instruments().durations().saw(observation);
    }

    @Override
    public void configured(Configuration configuration) {
      ports.instruments().durations().keep(configuration.targets());
    }
  }
}
