package parallax.bench.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.secret.Secret;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.cluster.Clocks;
import parallax.coordinator.cluster.ClusterMember;
import parallax.coordinator.cluster.Listeners;
import parallax.coordinator.cluster.bundle.Bundle;
import parallax.coordinator.cluster.bundle.BundleFollower;
import parallax.coordinator.cluster.discovery.Discovery;
import parallax.coordinator.cluster.discovery.HostPort;
import parallax.coordinator.cluster.discovery.MemberAddress;
import parallax.coordinator.cluster.discovery.MemberCard;
import parallax.coordinator.cluster.feed.Delivery;
import parallax.coordinator.cluster.feed.FeedReader;
import parallax.coordinator.cluster.grid.MemberSettings;
import parallax.coordinator.cluster.lead.LeadershipListener;
import parallax.coordinator.cluster.lead.Term;
import parallax.coordinator.cluster.replica.Feed;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.fleet.Beat;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.state.State;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;
import parallax.coordinator.intake.Receipt;

/**
 * Three members in processes of their own on loopback take in observations of an HTTPS check, while
 * the one that leads reads all of it, decides on it and confirms it; nothing is stored. Prints what
 * all three together did and the CPU time they used, and how many targets the leader holds to be
 * up.
 *
 * <pre>
 * java -cp deploy/bench/target/benchmarks.jar parallax.bench.cluster.ClusterMain 20 500
 * </pre>
 */
public final class ClusterMain {
  private static final int MEMBERS = 3;
  private static final int FIRST_PORT = 15_701;
  private static final List<String> REGIONS = List.of("tokyo", "frankfurt", "virginia");
  private static final int PROBES = 8;
  private static final int TARGETS = 2_000;
  private static final int ON_THE_WAY = 8;
  private static final int WARM_UP_SECONDS = 10;
  private static final int START_SECONDS = 60;

  /** Which of the figures is no sum. */
  private static final int UP = 4;

  private static final long BOOT = 1_790_000_000_000L;
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private ClusterMain() {}

  /**
   * Takes for how many seconds, how many observations are handed over at once, and optionally how
   * many a second each member is given at most.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("member")) {
      member(arguments);
      return;
    }
    byte[] name = new byte[16];
    new SecureRandom().nextBytes(name);
    List<Process> processes = new ArrayList<>();
    try {
      for (int index = 0; index < MEMBERS; index++) {
        processes.add(start(index, HexFormat.of().formatHex(name), arguments));
      }
      List<long[]> figures = new ArrayList<>();
      for (Process process : processes) {
        figures.add(figures(process));
      }
      print(figures, arguments);
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  private static Process start(int index, String name, String[] arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ClusterMain.class.getName(), "member", Integer.toString(index)));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    PrintWriter in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    in.println(name);
    return process;
  }

  private static long[] figures(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("figures ")) {
        String[] parts = line.split(" ");
        return IntStream.range(1, parts.length).mapToLong(i -> Long.parseLong(parts[i])).toArray();
      }
    }
    throw new IllegalStateException("a member ended");
  }

  private static void print(List<long[]> figures, String[] arguments) {
    long safe = figures.stream().mapToLong(figure -> figure[0]).sum();
    long kept = figures.stream().mapToLong(figure -> figure[1]).sum();
    long cpu = figures.stream().mapToLong(figure -> figure[2]).sum();
    long read = figures.stream().mapToLong(figure -> figure[3]).sum();
    long up = figures.stream().mapToLong(figure -> figure[4]).sum();
    double nanos = figures.getFirst()[5];
    System.out.printf(
        Locale.ROOT,
        "%s at once: %,.0f observations/s safe, %.1f us CPU each over %d members,"
            + " %d refused, %d decided by the leader (%d targets up), %.2f cores busy%n",
        arguments[1],
        safe * 1e9 / nanos,
        cpu / 1e3 / Math.max(1, safe),
        MEMBERS,
        kept,
        read,
        up,
        cpu / nanos);
  }

  private static void member(String[] arguments) throws IOException, InterruptedException {
    int index = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    int batch = Integer.parseInt(arguments[3]);
    int perSecond = arguments.length > 4 ? Integer.parseInt(arguments[4]) : Integer.MAX_VALUE;
    Secret name =
        Secret.of(
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .readLine());
    Load load = new Load(index, name);
    long until = System.nanoTime() + Duration.ofSeconds(START_SECONDS).toNanos();
    while (!load.member.view().leader().isPresent() && System.nanoTime() < until) {
      LockSupport.parkNanos(10_000_000);
    }
    load.run(WARM_UP_SECONDS, batch, perSecond);
    long[] before = load.figures();
    load.run(seconds, batch, perSecond);
    long[] after = load.figures();
    StringBuilder line = new StringBuilder("figures");
    for (int figure = 0; figure < after.length; figure++) {
      line.append(' ').append(figure == UP ? after[figure] : after[figure] - before[figure]);
    }
    System.out.println(line);
    System.out.flush();
    LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
  }

  /** A member, what it is given, and as the leader what it reads. */
  private static final class Load implements LeadershipListener, BundleFollower, FeedReader {
    private final int index;
    private final ClusterMember member;
    private final AtomicLong safe = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong read = new AtomicLong();
    private final Semaphore onTheWay = new Semaphore(ON_THE_WAY);
    private final long[] sequences = new long[PROBES];
    private Optional<Feed> feed = Optional.empty();
    private volatile Optional<Deciding> deciding = Optional.empty();

    Load(int index, Secret name) {
      this.index = index;
      List<HostPort> members =
          IntStream.range(0, MEMBERS)
              .mapToObj(i -> new HostPort("127.0.0.1", FIRST_PORT + i))
              .toList();
      this.member =
          ClusterMember.start(
              new MemberSettings(
                  new MemberAddress(InetAddress.ofLiteral("127.0.0.1"), FIRST_PORT + index),
                  name,
                  new Discovery.Listed(members),
                  MEMBERS,
                  new MemberCard("m" + index, "http://127.0.0.1", "bench")),
              new Listeners(this, _ -> {}, this),
              new Clocks(InstantSource.system(), System::nanoTime, new SecureRandom().nextLong()));
    }

    void run(int seconds, int batch, int perSecond) throws InterruptedException {
      long start = System.nanoTime();
      long until = start + Duration.ofSeconds(seconds).toNanos();
      long handed = 0;
      for (int turn = 0; System.nanoTime() < until; turn++) {
        onTheWay.acquire();
        List<Evidence> evidence = evidence(turn % PROBES, batch);
        member.intake().take(evidence).thenAccept(receipt -> count(receipt, batch));
        handed += batch;
        long due = start + (long) (handed * 1e9 / perSecond);
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }

    private void count(Receipt receipt, int batch) {
      (receipt instanceof Receipt.Safe ? safe : kept).addAndGet(batch);
      onTheWay.release();
    }

    private List<Evidence> evidence(int probe, int batch) {
      Vantage vantage =
          new Vantage(
              new ProbeName("probe-" + index + "-" + probe),
              new Region(REGIONS.get(index)),
              Optional.of(64_500L + probe));
      Instant received = Instant.now();
      List<Evidence> evidence = new ArrayList<>(batch);
      for (int count = 0; count < batch; count++) {
        evidence.add(new Evidence(observation(vantage, sequences[probe]++, received), received));
      }
      return evidence;
    }

    long[] figures() {
      var system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long up = deciding.map(Deciding::up).orElse(0L);
      return new long[] {
        safe.get(), kept.get(), system.getProcessCpuTime(), read.get(), up, System.nanoTime()
      };
    }

    @Override
    public void lead(Term term) {
      deciding = Optional.of(new Deciding());
      feed = Optional.of(member.feed(term.number(), this));
    }

    @Override
    public void follow(Optional<MemberCard> leader) {
      feed.ifPresent(Feed::close);
    }

    @Override
    public void read(Delivery delivery) {
      deciding.orElseThrow().decide(delivery.evidence());
      read.addAndGet(delivery.evidence().size());
      delivery.stored().run();
    }

    @Override
    public void alive(List<Beat> beats) {}

    @Override
    public void caughtUp() {}

    @Override
    public void superseded() {}

    @Override
    public boolean prepare(Bundle bundle) {
      return true;
    }

    @Override
    public void apply(Bundle bundle) {}
  }

  /** The core, as the coordinator that leads feeds it. */
  private static final class Deciding {
    private final Map<ProbeName, Instant> beats = new HashMap<>();
    private State state = State.initial();
    private Instant tick = Instant.MIN;

    Deciding() {
      List<Watched> watched =
          IntStream.range(0, TARGETS)
              .mapToObj(
                  number ->
                      new Watched(
                          new TargetName(target(number)),
                          List.of(),
                          List.of(new Cadence(CheckKind.HTTP, INTERVAL, TIMEOUT)),
                          new Dependencies(List.of(), List.of()),
                          List.of(),
                          0))
              .toList();
      step(new Input.Configured(new Watchlist(watched)), Instant.now());
    }

    synchronized void decide(List<Evidence> evidence) {
      Instant now = Instant.now();
      if (tick.isBefore(now.minusSeconds(1))) {
        tick = now;
        step(new Input.Tick(), now);
      }
      for (Evidence each : evidence) {
        Vantage vantage = each.observation().vantage();
        if (beats.getOrDefault(vantage.probe(), Instant.MIN).isBefore(now.minus(Fleet.BEAT))) {
          beats.put(vantage.probe(), now);
          Beat beat = new Beat(vantage, Optional.empty(), Optional.empty(), now, now);
          step(new Input.Heard(beat), now);
        }
        step(new Input.Observed(each), now);
      }
    }

    private void step(Input input, Instant now) {
      state = Core.step(state, input, now).state();
    }

    synchronized long up() {
      return IntStream.range(0, TARGETS)
          .mapToObj(number -> state.verdict(new TargetName(target(number))))
          .filter(verdict -> verdict.filter(v -> v.state() == TargetState.UP).isPresent())
          .count();
    }
  }

  private static String target(long number) {
    return "shop-" + number % TARGETS + ".example.com";
  }

  private static Observation observation(Vantage vantage, long sequence, Instant now) {
    Timings timings =
        Timings.NONE
            .plus(Phase.RESOLVE, Duration.ofNanos(1_200_345 + sequence))
            .plus(Phase.CONNECT, Duration.ofNanos(8_400_121 + sequence))
            .plus(Phase.TLS, Duration.ofNanos(17_100_007 + sequence))
            .plus(Phase.FIRST_BYTE, Duration.ofNanos(42_000_999 + sequence))
            .plus(Phase.TRANSFER, Duration.ofNanos(310_000 + sequence));
    Facts facts =
        Facts.NONE
            .withAddress("192.0.2.80")
            .withHttp(200, "2")
            .withTls("TLSv1.3", Optional.of(now.plusSeconds(5_000_000)))
            .withIssuer("Example Trust Services")
            .withBodyBytes(5_120);
    Instant scheduled = now.minus(Duration.ofMillis(80));
    return new Observation(
        new ObservationId(vantage.probe(), BOOT, sequence),
        vantage,
        new TargetName(target(sequence)),
        CheckKind.HTTP,
        Layer.CONTENT,
        scheduled,
        scheduled.plusNanos(3_141_592),
        Duration.ofNanos(69_011_472 + sequence),
        Outcome.up(),
        timings,
        facts);
  }
}
