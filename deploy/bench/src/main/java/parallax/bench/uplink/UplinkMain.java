package parallax.bench.uplink;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/**
 * Many probes come back at once, each with observations that waited on its disk, while targets fail
 * and work again. Prints how long a live decision takes meanwhile: from the moment at which all
 * probes that are connected see a target fail to the coordinator's word that it is down. Targets
 * begin to fail when the first tenth of the probes is back.
 *
 * <pre>
 * deploy/bench/uplink [--probes 500] [--spooled 1000000] [--before 60]
 * </pre>
 */
public final class UplinkMain {
  private static final Duration AT_MOST = Duration.ofMinutes(20);
  private static final Duration DECIDED = Duration.ofSeconds(60);
  private static final Duration PACE = Duration.ofMillis(25);
  private static final Duration REPORT = Duration.ofSeconds(10);

  /** So many of the probes, as a divisor, must be back before targets fail. */
  private static final int FIRST_BACK = 10;

  private static final int FRAME = 4 * 1024 * 1024;
  private static final int MAX_TURNS = 10_000;
  private static final String CPU = "process_cpu_seconds_total";
  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

  private final Options options;
  private final Vertx vertx;
  private final Pages pages;
  private final List<VirtualProbe> probes = new ArrayList<>();
  private final List<Duration> decisions = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private double heap;
  private int undecided;

  private UplinkMain(Options options, Vertx vertx, Pages pages) {
    this.options = options;
    this.vertx = vertx;
    this.pages = pages;
  }

  /** Takes pairs of a name and a value; see {@link Options}. */
  public static void main(String[] arguments) throws Exception {
    Options options = Options.parse(arguments);
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    try (Pages pages = new Pages(options.pages())) {
      new UplinkMain(options, vertx, pages).measure();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private void measure() throws InterruptedException {
    List<WebSocketClient> clients = options.from().stream().map(this::client).toList();
    Instant start = Instant.now();
    long each = options.spooled() / options.probes();
    for (int number = 0; number < options.probes(); number++) {
      int who = number;
      probes.add(
          new VirtualProbe(
              new VirtualProbe.Parts(vertx, clients.get(number % clients.size()), () -> where(who)),
              number,
              each,
              options.targets(),
              start));
    }
    boolean known = !options.before().isZero();
    if (known) {
      onLoop(() -> probes.forEach(VirtualProbe::begin));
      keepLooking();
      before();
    }
    double cpu = pages.sum(CPU);
    long began = System.nanoTime();
    onLoop(() -> probes.forEach(known ? VirtualProbe::comeBack : VirtualProbe::connect));
    if (!known) {
      keepLooking();
    }
    Duration drained = turns(began, each * options.probes());
    print(began, drained, pages.sum(CPU) - cpu);
  }

  /** All are connected and look, and targets fail and work again, of which nothing is told. */
  private void before() throws InterruptedException {
    awaitConnected(probes.size());
    long start = System.nanoTime();
    for (int turn = 0; since(start).compareTo(options.before()) < 0; turn++) {
      turn(start, turn % options.targets());
    }
    decisions.clear();
    undecided = 0;
    row("before", since(start).toSeconds(), "s; now all lose their streams");
  }

  /** Coordinators take only so many streams a second from one address. */
  private WebSocketClient client(String from) {
    return vertx.createWebSocketClient(
        new WebSocketClientOptions()
            .setLocalAddress(from)
            .setMaxConnections(2 * options.probes())
            .setMaxFrameSize(FRAME)
            .setMaxMessageSize(FRAME));
  }

  /** Tries coordinators one after the other, each probe from another one on. */
  private WebSocketConnectOptions where(int number) {
    URI uplink =
        options
            .uplinks()
            .get((int) ((number + System.nanoTime() / 1_000_000_000L) % options.uplinks().size()));
    WebSocketConnectOptions connect =
        new WebSocketConnectOptions()
            .setHost(uplink.getHost())
            .setPort(uplink.getPort())
            .setURI("/uplink/v1")
            .setSsl("wss".equals(uplink.getScheme()));
    options
        .keys()
        .ifPresent(
            folder ->
                connect.setSslOptions(
                    new ClientSSLOptions()
                        .setHostnameVerificationAlgorithm("HTTPS")
                        .setTrustOptions(
                            new PemTrustOptions().addCertPath(folder.resolve("ca.pem").toString()))
                        .setKeyCertOptions(certificate(folder, Looks.name(number)))));
    options
        .tokens()
        .ifPresent(
            folder ->
                connect.putHeader(
                    "Authorization", "Bearer " + read(folder.resolve(Looks.name(number)))));
    return connect;
  }

  private static PemKeyCertOptions certificate(Path folder, String name) {
    return new PemKeyCertOptions()
        .addCertPath(folder.resolve(name + ".pem").toString())
        .addKeyPath(folder.resolve(name + ".key").toString());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every probe looks at every target at its interval, each at a time of its own. */
  private void keepLooking() {
    long step = Math.max(1, options.interval().toMillis() / options.targets());
    onLoop(
        () -> {
          for (int number = 0; number < probes.size(); number++) {
            VirtualProbe probe = probes.get(number);
            int first = number;
            long[] looks = {first};
            vertx.setTimer(
                1 + step * number / probes.size(),
                _ ->
                    vertx.setPeriodic(
                        step, _ -> probe.look((int) (looks[0]++ % options.targets()))));
          }
        });
  }

  /**
   * Lets one target after the other fail, and work again once it is known, until all that waited is
   * safe; returns how long that took.
   */
  private Duration turns(long began, long waiting) throws InterruptedException {
    awaitConnected(probes.size() / FIRST_BACK);
    Duration drained = Duration.ZERO;
    Duration reported = Duration.ZERO;
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      Duration so = since(began);
      boolean over = sum(VirtualProbe::drained) >= waiting;
      if (over && drained.isZero()) {
        drained = so;
      }
      // Some decisions are wanted in any case.
      if ((over && turn >= 2 * options.targets()) || so.compareTo(AT_MOST) > 0) {
        break;
      }
      turn(began, turn % options.targets());
      heap = Math.max(heap, pages.sum(HEAP));
      if (so.minus(reported).compareTo(REPORT) > 0) {
        reported = so;
        row("connected", connected(), "probes after " + so.toSeconds() + " s");
        row("drained", sum(VirtualProbe::drained), "after " + so.toSeconds() + " s");
      }
    }
    return drained;
  }

  private long connected() {
    return sum(probe -> probe.isConnected() ? 1 : 0);
  }

  private void awaitConnected(int wanted) throws InterruptedException {
    long start = System.nanoTime();
    while (since(start).compareTo(DECIDED.multipliedBy(2)) < 0 && connected() < wanted) {
      pass(PACE);
    }
    row("connected", connected(), "probes after " + since(start).toMillis() + " ms");
  }

  /** A target fails; once that is known it works again, and the next one fails. */
  private void turn(long began, int target) throws InterruptedException {
    if (!awaitState(target, "UP")) {
      undecided++;
      return;
    }
    long start = System.nanoTime();
    onLoop(() -> probes.forEach(probe -> probe.see(target, false)));
    if (awaitState(target, "DOWN")) {
      Duration took = since(start);
      decisions.add(took);
      row("decision", took.toMillis(), "ms, after " + since(began).toSeconds() + " s");
    } else {
      undecided++;
    }
    onLoop(() -> probes.forEach(probe -> probe.see(target, true)));
    pass(options.turn());
  }

  private boolean awaitState(int target, String wanted) throws InterruptedException {
    long start = System.nanoTime();
    while (!pages.state(Looks.target(target)).equals(wanted)) {
      if (since(start).compareTo(DECIDED) > 0) {
        return false;
      }
      pass(PACE);
    }
    return true;
  }

  private void print(long began, Duration drained, double cpu) {
    Collections.sort(decisions);
    long observations = sum(VirtualProbe::drained) + sum(VirtualProbe::live);
    row("probes", probes.size(), "of which " + connected() + " are connected");
    row("refused handshakes", sum(VirtualProbe::refusals), "");
    row("spooled and safe", sum(VirtualProbe::drained), "observations");
    row("live and safe", sum(VirtualProbe::live), "observations");
    row("drained after", drained.toMillis(), "ms");
    row("decisions", decisions.size(), "while " + undecided + " were not made");
    if (!decisions.isEmpty()) {
      row("decision p50", percentile(50), "ms");
      row("decision p99", percentile(99), "ms");
      row("decision slowest", decisions.getLast().toMillis(), "ms");
    }
    row("heap in use at most", Math.round(heap / 1024 / 1024), "MiB, all coordinators");
    row("cpu", Math.round(cpu * 1e9 / Math.max(1, observations)), "ns an observation");
    row("cpu", Math.round(100 * cpu / Math.max(1, since(began).toSeconds())), "percent of a core");
  }

  private long percentile(int percent) {
    int index = (int) Math.ceil(percent / 100.0 * decisions.size()) - 1;
    return decisions.get(Math.max(0, index)).toMillis();
  }

  private static void row(String figure, long value, String unit) {
    System.out.printf(Locale.ROOT, "%s\t%d\t%s%n", figure, value, unit);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private void pass(Duration time) throws InterruptedException {
    if (never.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("never comes");
    }
  }

  private long sum(ToLongFunction<VirtualProbe> figure) {
    long[] sum = {0};
    onLoop(() -> sum[0] = probes.stream().mapToLong(figure).sum());
    return sum[0];
  }

  /** Probes belong to the one event loop. */
  private void onLoop(Runnable work) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    vertx.runOnContext(
        _ -> {
          work.run();
          done.complete(true);
        });
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
