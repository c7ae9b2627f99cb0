package parallax.deploy.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import parallax.config.check.CheckSpec;
import parallax.config.check.ZoneSpec;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.probe.Checks;
import parallax.probe.ProbeNode;
import parallax.probe.check.Check;
import parallax.probe.check.CheckResult;
import parallax.probe.dns.walk.RootHints;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.zone.DelegationCheck;
import parallax.probe.dns.zone.NameServersCheck;
import parallax.probe.dns.zone.NameSystem;
import parallax.probe.dns.zone.ZoneLooks;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.registration.keep.PublicLists;

/**
 * A probe that looks at many healthy zones {@code z1.test}, {@code z2.test}, … in a name system on
 * this machine; see {@code deploy/bench/dns-zones}, which starts both. Each line on standard input
 * names a phase: what happens in it is measured and printed as TSV, after which an empty line says
 * that it is over.
 */
public final class DnsZonesMain {
  private static final CheckResult UP = CheckResult.up(Layer.DNS, Timings.NONE, Facts.NONE);
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final Duration LATE = Duration.ofSeconds(1);

  private final Vertx vertx = Vertx.vertx();
  private final DnsExchange exchange = new DnsExchange(vertx);
  private final PrintStream out;
  private final LongAdder looks = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final AtomicLong worstNanos = new AtomicLong();
  private final Map<Reason, LongAdder> notUp = new ConcurrentSkipListMap<>();
  private final Map<Reason, String> details = new ConcurrentSkipListMap<>();

  private DnsZonesMain(PrintStream out) {
    this.out = out;
  }

  /** The file of root hints, the port of every server, how many zones, seconds of a phase. */
  public static void main(String[] arguments) throws Exception {
    NameSystem names =
        new NameSystem(
            RootHints.in(Path.of(arguments[0])),
            NameSystem.NO_ANCHORS,
            Integer.parseInt(arguments[1]));
    new DnsZonesMain(System.out)
        .run(names, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
  }

  private void run(NameSystem names, int zones, int seconds) throws Exception {
    NetworkPolicy policy = NetworkPolicy.forOperator(List.of(), List.of());
    ZoneLooks zoneLooks =
        new ZoneLooks(
            new ZoneLooks.Ground(vertx, InstantSource.system(), exchange, policy, ipv6 -> !ipv6),
            names,
            PublicLists.in(Optional.empty()).suffixes());
    DelegationCheck.Witness nobody = (_, _, _) -> Optional.empty();
    Checks checks =
        new Checks(
            new Checks.OfNames(
                noop(),
                new DelegationCheck(zoneLooks, nobody),
                noop(),
                new NameServersCheck(zoneLooks, nobody)),
            noop(),
            new Checks.OfServers(noop(), noop(), noop()),
            new Checks.OfWeb(noop(), noop(), noop(), noop()),
            new Checks.OfPackets(noop(), noop(), noop()));
    Vantage vantage = new Vantage(new ProbeName("bench"), new Region("here"), Optional.empty());
    try (ProbeNode node =
            ProbeNode.start(ProbeNode.Settings.of(vantage, vertx), checks, this::seen);
        BufferedReader phases =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      node.assign(IntStream.rangeClosed(1, zones).mapToObj(DnsZonesMain::target).toList());
      for (String phase = phases.readLine(); phase != null; phase = phases.readLine()) {
        measure(phase, seconds);
      }
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static Target target(int number) {
    String host = "www.z" + number + ".test";
    Optional<Duration> pace = Optional.of(INTERVAL);
    return new Target(
        new TargetName("z" + number),
        Optional.empty(),
        new TreeMap<>(),
        INTERVAL,
        List.of(),
        List.of(
            new ZoneSpec.Delegation(host, ZoneSpec.Dnssec.IF_SIGNED, pace, ZoneSpec.LEAST_TIMEOUT),
            new ZoneSpec.NameServers(
                host,
                List.of("A", "AAAA"),
                new TreeMap<>(),
                ZoneSpec.Dnssec.IF_SIGNED,
                pace,
                ZoneSpec.LEAST_TIMEOUT)));
  }

  private void measure(String phase, int seconds) throws InterruptedException {
    looks.reset();
    late.reset();
    worstNanos.set(0);
    notUp.clear();
    details.clear();
    long askedBefore = exchange.asked();
    long cpuBefore = cpuNanos();
    pass(Duration.ofSeconds(seconds));
    long cpu = cpuNanos() - cpuBefore;
    long asked = exchange.asked() - askedBefore;
    print(phase, "looks", looks.sum(), "in " + seconds + " s");
    print(phase, "questions", asked / seconds, "a second");
    print(phase, "cpu", Math.round(cpu / 1e3 / Math.max(1, asked)), "us a question");
    print(phase, "cpu", Math.round(cpu / 1e7 / seconds), "percent of a core");
    print(phase, "late", late.sum(), "looks over " + LATE.toMillis() + " ms");
    print(phase, "late", worstNanos.get() / 1_000_000, "ms at worst");
    print(phase, "false", sum(false), "looks that found fault with a healthy zone");
    print(phase, "untold", sum(true), "looks that could not tell");
    notUp.forEach((reason, count) -> print(phase, reason.name(), count.sum(), "looks"));
    details.forEach((reason, detail) -> System.err.println(phase + " " + reason + " " + detail));
    out.println();
    out.flush();
  }

  private long sum(boolean own) {
    return notUp.entrySet().stream()
        .filter(entry -> entry.getKey().isProbesOwn() == own)
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  private void print(String phase, String figure, long value, String unit) {
    out.println(String.join("\t", phase, figure, String.valueOf(value), unit));
  }

  private void seen(Observation observation) {
    Duration behind = Duration.between(observation.scheduled(), observation.started());
    looks.increment();
    worstNanos.accumulateAndGet(behind.toNanos(), Math::max);
    if (behind.compareTo(LATE) > 0) {
      late.increment();
    }
    observation
        .outcome()
        .why()
        .ifPresent(
            why -> {
              notUp.computeIfAbsent(why.reason(), _ -> new LongAdder()).increment();
              details.putIfAbsent(why.reason(), why.detail());
            });
  }

  private static <S extends CheckSpec> Check<S> noop() {
    return (spec, deadline) -> Future.succeededFuture(UP);
  }

  private static void pass(Duration time) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    if (never.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody opens this");
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
