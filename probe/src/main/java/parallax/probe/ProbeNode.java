package parallax.probe;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.check.NanoSource;
import parallax.probe.check.Retelling;
import parallax.probe.health.Lag;
import parallax.probe.health.LoopLag;
import parallax.probe.health.OwnTrouble;
import parallax.probe.health.WorstDelays;
import parallax.probe.metrics.ProbeMeters;
import parallax.probe.schedule.Due;
import parallax.probe.schedule.Schedule;
import parallax.probe.schedule.ScheduleLoop;
import parallax.probe.trace.Tracer;
import parallax.probe.trace.Traces;

/**
 * A probe: makes the checks of the targets it is assigned, each in its rhythm, and hands every
 * observation to a sink.
 *
 * <p>The sink is called on event loops, by several at once; it must return at once, never block.
 */
public final class ProbeNode implements AutoCloseable {
  /** Checks under way at a time; one that is due beyond is not made. */
  public static final int MAX_RUNNING = 2_000;

  /**
   * Checks that begin together go to the same loop, so many: waking one costs as much as a check.
   */
  private static final int IN_A_ROW = 8;

  /** Observations a second that report a check which was not made because of the bound. */
  public static final int MAX_OVERLOAD_REPORTS = 50;

  /** How long {@link #close} waits for checks under way. */
  public static final Duration MAX_CLOSING = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ProbeNode.class);

  private final Settings settings;
  private final Checks checks;
  private final Consumer<Observation> sink;
  private final ProbeMeters meters = new ProbeMeters();
  private final List<ContextInternal> loops;
  private final LoopLag loopLag;
  private final WorstDelays startLag;
  private final ScheduleLoop schedule;
  private final List<Long> timers;
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong started = new AtomicLong();
  private final AtomicInteger running = new AtomicInteger();
  private final Retelling retelling;
  private final Traces traces;
  private final OverloadReports reports = new OverloadReports(MAX_OVERLOAD_REPORTS);
  private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
  private volatile boolean closing;

  /**
   * What a probe is made of.
   *
   * @param boot distinguishes this run from others: milliseconds of its start since the epoch
   * @param loops event loops that make checks
   * @param maxRunning see {@link #MAX_RUNNING}
   */
  public record Settings(
      Vantage vantage,
      Vertx vertx,
      InstantSource clock,
      NanoSource nanos,
      long boot,
      int loops,
      int maxRunning) {

    /** With the machine's clocks and two event loops for each processor. */
    public static Settings of(Vantage vantage, Vertx vertx) {
      InstantSource clock = InstantSource.system();
      return new Settings(
          vantage,
          vertx,
          clock,
          System::nanoTime,
          clock.millis(),
          2 * Runtime.getRuntime().availableProcessors(),
          MAX_RUNNING);
    }
  }

  private ProbeNode(Settings settings, Checks checks, Tracer tracer, Consumer<Observation> sink) {
    this.settings = settings;
    this.checks = checks;
    this.sink = sink;
    this.retelling = new Retelling(settings.nanos());
    this.traces = new Traces(tracer, settings.nanos());
    VertxInternal vertx = (VertxInternal) settings.vertx();
    this.loops = Stream.generate(vertx::createEventLoopContext).limit(settings.loops()).toList();
    this.loopLag = new LoopLag(settings.nanos(), settings.loops());
    this.startLag = new WorstDelays(settings.nanos());
    ContextInternal own = vertx.createEventLoopContext();
    Schedule rules = new Schedule(settings.vantage().probe());
    this.schedule =
        new ScheduleLoop(settings.vertx(), own, settings.clock(), rules, this::dispatch);
    this.timers =
        Stream.iterate(0, loop -> loop + 1).limit(settings.loops()).map(this::beat).toList();
  }

  private long beat(int loop) {
    return loops.get(loop).setPeriodic(LoopLag.BEAT.toMillis(), _ -> loopLag.beat(loop));
  }

  /** Starts a probe that has nothing to do yet, and follows no ways. */
  public static ProbeNode start(Settings settings, Checks checks, Consumer<Observation> sink) {
    return start(settings, checks, Tracer.NONE, sink);
  }

  /**
   * Starts a probe that has nothing to do yet.
   *
   * @param tracer who follows the way to targets that are not reached
   */
  public static ProbeNode start(
      Settings settings, Checks checks, Tracer tracer, Consumer<Observation> sink) {
    ProbeNode node = new ProbeNode(settings, checks, tracer, sink);
    node.schedule.start();
    LOG.info(
        "probe=started name={} region={}", settings.vantage().probe(), settings.vantage().region());
    return node;
  }

  /** Replaces the targets; those that are not watched from here are passed over. */
  public void assign(List<Target> targets) {
    schedule.assign(
        targets.stream().filter(t -> t.isWatchedFrom(settings.vantage().region())).toList());
  }

  /** Looks once more, after a while; see {@link Schedule#checkNow}. */
  public void checkNow(TargetName target, CheckKind kind, Duration after) {
    schedule.checkNow(target, kind, after);
  }

  /** Shows this probe's counts in {@code registry}. */
  public void bindTo(MeterRegistry registry) {
    meters.bindTo(
        registry,
        new ProbeMeters.Sources(
            running::get,
            schedule::size,
            () -> schedule.skips().late(),
            () -> schedule.skips().running(),
            startLag::ofLastMinute,
            loopLag::ofLastMinute));
  }

  /** Checks under way. */
  public int running() {
    return running.get();
  }

  private void dispatch(Due due) {
    if (running.incrementAndGet() > settings.maxRunning()) {
      ended(due);
      meters.overloaded();
      if (reports.mayReport(settings.nanos().nanos())) {
        report(due, overloaded(due), settings.clock().instant(), Duration.ZERO);
      }
      return;
    }
    long number = started.getAndIncrement();
    loops.get((int) (number / IN_A_ROW % loops.size())).runOnContext(_ -> look(due));
  }

  private CheckResult overloaded(Due due) {
    return CheckResult.failed(
        Reason.PROBE_OVERLOADED,
        "more than " + settings.maxRunning() + " checks under way",
        Checks.firstLayer(due.spec().kind()),
        Timings.NONE,
        Facts.NONE);
  }

  private void look(Due due) {
    Instant startedAt = settings.clock().instant();
    long startedNanos = settings.nanos().nanos();
    Duration late = Duration.between(due.scheduled(), startedAt);
    Duration start = late.isNegative() ? Duration.ZERO : late;
    startLag.note(start);
    Deadline deadline = Deadline.startingNow(settings.nanos(), due.spec().timeout());
    checks
        .run(due.spec(), deadline)
        .onSuccess(
            result -> {
              Duration took = Duration.ofNanos(settings.nanos().nanos() - startedNanos);
              Lag lag = new Lag(start, loopLag.since(startedNanos));
              CheckResult believed =
                  traces.told(
                      due.target().name(),
                      due.spec(),
                      retelling.told(
                          due.target().name(), due.spec().kind(), OwnTrouble.adjust(result, lag)));
              ended(due);
              meters.checked(due.spec().kind(), believed.outcome());
              report(due, believed, startedAt, took);
              askWhy(due, believed);
            });
  }

  /** What is known already may tell why a look failed: that is looked at at once. */
  private void askWhy(Due due, CheckResult result) {
    if (result.outcome() instanceof Outcome.Down(Finding why)) {
      explaining(why.reason())
          .filter(kind -> due.target().check(kind).isPresent())
          .ifPresent(kind -> checkNow(due.target().name(), kind, Duration.ZERO));
    }
  }

  /**
   * Who holds a domain tells why its delegation is gone, and routes why servers cannot be reached;
   * neither takes a question to the target.
   */
  private static Optional<CheckKind> explaining(Reason reason) {
    if (reason == Reason.DELEGATION_ABSENT) {
      return Optional.of(CheckKind.REGISTRATION);
    }
    return reason
        .layer()
        .flatMap(
            layer ->
                switch (layer) {
                  case DNS_AUTH, DNS, TCP, TLS, HTTP -> Optional.of(CheckKind.BGP);
                  case REGISTRATION, DELEGATION, BGP, CONTENT -> Optional.empty();
                });
  }

  /** Before the report, so that whoever hears of it can ask for another look at once. */
  private void ended(Due due) {
    schedule.finished(due.ticket());
    if (running.decrementAndGet() == 0 && closing) {
      drained.complete(true);
    }
  }

  private void report(Due due, CheckResult result, Instant startedAt, Duration took) {
    Observation observation =
        new Observation(
            new ObservationId(
                settings.vantage().probe(), settings.boot(), sequence.getAndIncrement()),
            settings.vantage(),
            due.target().name(),
            due.spec().kind(),
            result.layer(),
            due.scheduled(),
            startedAt,
            took,
            result.outcome(),
            result.timings(),
            result.facts());
    try {
      sink.accept(observation);
    } catch (RuntimeException e) {
      LOG.error("observation={} sink=failed", observation.id(), e);
    }
  }

  /**
   * Stops: starts no more checks and waits for those under way, {@link #MAX_CLOSING} at most. Not
   * to be called on an event loop.
   */
  @Override
  public void close() {
    schedule
        .stop()
        .onSuccess(
            _ -> {
              closing = true;
              if (running.get() == 0) {
                drained.complete(true);
              }
            });
    try {
      drained.get(MAX_CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("probe=stopped left_running={}", running.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed exceptionally", e);
    }
    timers.forEach(settings.vertx()::cancelTimer);
  }
}
