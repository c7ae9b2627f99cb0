package parallax.deploy.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import parallax.probe.check.Deadline;
import parallax.probe.dns.wire.DnsExchange;
import parallax.probe.dns.wire.Exchanged;
import parallax.probe.dns.wire.Question;

/**
 * What a DNS question costs against a server on this machine. Run with {@code java -cp
 * deploy/bench/target/benchmarks.jar parallax.deploy.bench.DnsLoadMain PORT NAME [questions] [at a
 * time]}.
 */
public final class DnsLoadMain {
  private final Vertx vertx = Vertx.vertx();
  private final DnsExchange exchange = new DnsExchange(vertx);
  private final InetSocketAddress server;
  private final Question question;
  private final AtomicLong left = new AtomicLong();
  private final LongAdder failed = new LongAdder();

  private DnsLoadMain(int port, String name) throws Exception {
    server = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    question = new Question(Name.fromString(name, Name.root), Type.A);
  }

  /** Port and name, then how many questions (200,000) and how many at a time (100). */
  public static void main(String[] arguments) throws Exception {
    DnsLoadMain load = new DnsLoadMain(Integer.parseInt(arguments[0]), arguments[1]);
    int questions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200_000;
    int window = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 100;
    load.measure(questions, window, System.out);
    load.measure(questions, window, System.out);
    load.measure(questions, window, System.out);
    load.vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void measure(int questions, int window, PrintStream out) throws InterruptedException {
    left.set(questions);
    failed.reset();
    long cpuBefore = cpuNanos();
    long before = System.nanoTime();
    CountDownLatch done = new CountDownLatch(window);
    for (int number = 0; number < window; number++) {
      Context context = ((VertxInternal) vertx).createEventLoopContext();
      context.runOnContext(ignored -> askNext(done));
    }
    if (!done.await(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException(left + " questions left, " + exchange.inFlight() + " out");
    }
    double seconds = (System.nanoTime() - before) / 1e9;
    out.printf(
        "questions=%d window=%d rate=%.0f/s cpu=%.1f us a question failed=%d%n",
        questions,
        window,
        questions / seconds,
        (cpuNanos() - cpuBefore) / 1e3 / questions,
        failed.sum());
  }

  private void askNext(CountDownLatch done) {
    if (left.getAndDecrement() <= 0) {
      done.countDown();
      return;
    }
    exchange
        .ask(server, question, Deadline.startingNow(System::nanoTime, Duration.ofSeconds(3)))
        .onSuccess(
            exchanged -> {
              if (!(exchanged instanceof Exchanged.Replied)) {
                failed.increment();
              }
              askNext(done);
            });
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
