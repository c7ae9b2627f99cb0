package parallax.probe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.probe.check.CheckResult;
import parallax.probe.check.Deadline;
import parallax.probe.check.NanoSource;
import parallax.probe.dns.DnsCheck;
import parallax.probe.dns.DnsExchange;
import parallax.probe.dns.DnsResolver;
import parallax.probe.dns.SystemNames;
import parallax.probe.health.KernelRoutes;
import parallax.probe.health.Lag;
import parallax.probe.health.OwnTrouble;
import parallax.probe.http.HttpCheck;
import parallax.probe.net.Connector;
import parallax.probe.net.EventLoops;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.net.SelfHealth;
import parallax.probe.schedule.Due;
import parallax.probe.schedule.Schedule;
import parallax.probe.schedule.Slot;
import parallax.probe.tcp.TcpCheck;
import parallax.probe.tls.TlsCheck;
import parallax.probe.tls.TlsClient;

/**
 * A probe: makes the checks that are due and reports what they see. Everything about the schedule
 * happens on one event loop; the methods may be called from any thread.
 */
public final class ProbeNode implements AutoCloseable {
  /** How many checks run at once; beyond, a check is reported as the probe's own trouble. */
  public static final int MAX_RUNNING = 2_000;

  /** How many checks are begun before other work of the event loop has its turn. */
  private static final int MAX_BATCH = 64;

  private static final long MAX_SLEEP_MILLIS = 1_000;
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final List<String> OUTCOMES = List.of("up", "degraded", "down", "inconclusive");

  private final Settings settings;
  private final Checks checks;
  private final Consumer<Observation> sink;
  private final Context context;
  private final Schedule schedule;
  private final Lag lag = new Lag();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong sequence = new AtomicLong();
  private final AtomicLong worstLateNanos = new AtomicLong();
  private final Map<CheckKind, Map<String, LongAdder>> counts = counters();
  private volatile long skippedLate;
  private volatile long skippedRunning;
  private volatile boolean closed;
  private long timer = -1;
  private Instant wakeAt = Instant.MAX;

  /**
   * What a probe is made of.
   *
   * @param boot tells runs of this probe apart: milliseconds of its start since the epoch
   */
  public record Settings(
      Vertx vertx, Vantage vantage, InstantSource clock, NanoSource nanos, long boot) {
    /** On the clocks of this machine. */
    public static Settings ofMachine(Vertx vertx, Vantage vantage) {
      return new Settings(
          vertx, vantage, InstantSource.system(), System::nanoTime, System.currentTimeMillis());
    }
  }

  private ProbeNode(Settings settings, Checks checks, Consumer<Observation> sink) {
    this.settings = settings;
    this.checks = checks;
    this.sink = sink;
    this.context = settings.vertx().getOrCreateContext();
    this.schedule = new Schedule(settings.vantage().probe());
  }

  /**
   * Starts with nothing to watch.
   *
   * @param sink takes observations, on event loops: it must not block
   */
  public static ProbeNode start(Settings settings, Checks checks, Consumer<Observation> sink) {
    ProbeNode node = new ProbeNode(settings, checks, sink);
    node.context.runOnContext(_ -> node.beat());
    return node;
  }

  /**
   * Every check, on this machine's network.
   *
   * @param userAgent how HTTP checks introduce themselves
   */
  public static Checks checks(Settings settings, NetworkPolicy policy, String userAgent) {
    EventLoops loops = new EventLoops(settings.vertx());
    NanoSource nanos = settings.nanos();
    SelfHealth health = new KernelRoutes(Path.of("/proc/net"), nanos);
    DnsExchange exchange = new DnsExchange(settings.vertx());
    DnsResolver resolver = new DnsResolver(exchange, SystemNames.ofMachine(nanos), health, nanos);
    Connector connector = new Connector(loops, resolver, policy, health);
    TlsClient tls = new TlsClient(loops, settings.clock(), nanos);
    return new Checks(
        new DnsCheck(
            exchange,
            resolver,
            server -> policy.refusal(server, NetworkPolicy.Hop.CONFIGURED).isEmpty(),
            health),
        new TcpCheck(connector),
        new TlsCheck(connector, tls),
        new HttpCheck(connector, tls, userAgent));
  }

  private void beat() {
    lag.beat(settings.nanos().nanos());
    if (!closed) {
      settings.vertx().setTimer(Lag.BEAT.toMillis(), _ -> beat());
    }
  }

  private static Map<CheckKind, Map<String, LongAdder>> counters() {
    Map<CheckKind, Map<String, LongAdder>> counters = new EnumMap<>(CheckKind.class);
    for (CheckKind kind : CheckKind.values()) {
      Map<String, LongAdder> outcomes = new TreeMap<>();
      OUTCOMES.forEach(outcome -> outcomes.put(outcome, new LongAdder()));
      counters.put(kind, outcomes);
    }
    return counters;
  }

  /** Watches, from now on, those of these targets that concern this probe's region. */
  public void assign(List<Target> targets) {
    List<Target> ours =
        targets.stream()
            .filter(target -> target.isWatchedFrom(settings.vantage().region()))
            .toList();
    context.runOnContext(
        _ -> {
          schedule.assign(ours, settings.clock().instant());
          wake();
        });
  }

  /** Looks once more, after {@code after}, outside the schedule. */
  public void checkNow(TargetName target, CheckKind check, Duration after) {
    context.runOnContext(
        _ -> {
          schedule.checkNow(new Slot(target, check), after, settings.clock().instant());
          wake();
        });
  }

  private void wake() {
    if (closed) {
      return;
    }
    Instant now = settings.clock().instant();
    List<Due> due = schedule.due(now, MAX_BATCH);
    due.forEach(each -> begin(each, now));
    skippedLate = schedule.skippedLate();
    skippedRunning = schedule.skippedRunning();
    if (due.size() == MAX_BATCH) {
      context.runOnContext(_ -> wake());
    } else {
      schedule.next().ifPresent(this::sleepUntil);
    }
  }

  private void sleepUntil(Instant next) {
    if (timer >= 0 && !next.isBefore(wakeAt)) {
      return;
    }
    if (timer >= 0) {
      settings.vertx().cancelTimer(timer);
    }
    Duration wait = Duration.between(settings.clock().instant(), next);
    // A wall clock that is set back must not put the probe to sleep for long.
    long millis = Math.clamp(wait.toMillis() + 1, 1, MAX_SLEEP_MILLIS);
    wakeAt = next;
    timer =
        settings
            .vertx()
            .setTimer(
                millis,
                _ -> {
                  timer = -1;
                  wakeAt = Instant.MAX;
                  wake();
                });
  }

  private void begin(Due due, Instant now) {
    Duration late = Duration.between(due.scheduled(), now);
    worstLateNanos.accumulateAndGet(late.toNanos(), Math::max);
    Deadline deadline = Deadline.startingNow(settings.nanos(), due.spec().timeout());
    long startedNanos = settings.nanos().nanos();
    if (running.get() >= MAX_RUNNING) {
      CheckResult overloaded =
          CheckResult.failed(
              Reason.PROBE_OVERLOADED,
              MAX_RUNNING + " checks are running",
              Checks.firstLayer(due.spec()),
              Timings.NONE,
              Facts.NONE);
      report(due, now, overloaded, Duration.ZERO);
      schedule.finished(due.slot());
      return;
    }
    running.incrementAndGet();
    checks
        .run(due.spec(), deadline)
        .onSuccess(
            result -> {
              Duration took = deadline.elapsed();
              Duration worst = lag.worstSince(startedNanos, settings.nanos().nanos());
              running.decrementAndGet();
              context.runOnContext(_ -> schedule.finished(due.slot()));
              report(due, now, OwnTrouble.adjusted(result, worst), took);
            });
  }

  private void report(Due due, Instant started, CheckResult result, Duration took) {
    Optional.ofNullable(counts.get(due.slot().check()))
        .map(outcomes -> outcomes.get(result.outcome().label()))
        .ifPresent(LongAdder::increment);
    if (!closed) {
      Vantage vantage = settings.vantage();
      sink.accept(
          new Observation(
              new ObservationId(vantage.probe(), settings.boot(), sequence.getAndIncrement()),
              vantage,
              due.slot().target(),
              due.slot().check(),
              result.layer(),
              due.scheduled(),
              started,
              took,
              result.outcome(),
              result.timings(),
              result.facts()));
    }
  }

  /** Counts checks, skipped rounds and lateness. */
  public void bindTo(MeterRegistry registry) {
    counts.forEach(
        (kind, outcomes) ->
            outcomes.forEach(
                (outcome, count) ->
                    FunctionCounter.builder("parallax.checks", count, LongAdder::sum)
                        .description("Checks made, by kind and outcome.")
                        .tags("check", kind.label(), "outcome", outcome)
                        .register(registry)));
    for (String why : List.of("late", "running")) {
      FunctionCounter.builder(
              "parallax.checks.skipped",
              this,
              node -> why.equals("late") ? node.skippedLate : node.skippedRunning)
          .description("Rounds that were not made: too late, or the one before still running.")
          .tags("why", why)
          .register(registry);
    }
    Gauge.builder("parallax.checks.running", running, AtomicInteger::get)
        .description("Checks under way.")
        .register(registry);
    Gauge.builder("parallax.check.lateness.max", worstLateNanos, nanos -> nanos.get() / 1e9)
        .description("The latest start of a check since the start of the probe.")
        .baseUnit("seconds")
        .register(registry);
  }

  /** Stops; checks under way have a moment to end, and are no longer reported. */
  @Override
  public void close() {
    closed = true;
    CountDownLatch idle = new CountDownLatch(1);
    settings
        .vertx()
        .setPeriodic(
            10,
            id -> {
              if (running.get() == 0) {
                settings.vertx().cancelTimer(id);
                idle.countDown();
              }
            });
    try {
      if (!idle.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        running.set(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
