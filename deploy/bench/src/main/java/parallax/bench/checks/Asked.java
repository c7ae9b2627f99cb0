package parallax.bench.checks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A prober in another process, asked as Prometheus asks: {@code GET /probe} on connections that
 * stay. What it costs is read from {@code /proc}, so that asking is not counted.
 *
 * @param process its number
 * @param url where it listens
 */
record Asked(long process, URI url) {
  private static final long MOST_SECONDS = 120;
  private static final int NANOS_A_TICK = 10_000_000;
  private static final int PATIENCE_MILLIS = 20_000;

  /** So many probes, so many at once. */
  Cost measure(Work work, int window) throws IOException, InterruptedException {
    AtomicInteger left = new AtomicInteger(work.count());
    LongAdder failed = new LongAdder();
    CountDownLatch done = new CountDownLatch(window);
    String target =
        "/probe?module="
            + work.module()
            + "&target="
            + URLEncoder.encode(work.target(), StandardCharsets.UTF_8);
    byte[] request =
        ("GET " + target + " HTTP/1.1\r\nHost: peer\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    long cpu = cpuNanos();
    long before = System.nanoTime();
    for (int number = 0; number < window; number++) {
      Thread.ofPlatform().start(() -> ask(request, left, failed, done));
    }
    if (!done.await(MOST_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(work.name() + ": " + left + " probes left");
    }
    long nanos = System.nanoTime() - before;
    return Cost.of(cpuNanos() - cpu, nanos, work.count(), failed.sum());
  }

  private void ask(byte[] request, AtomicInteger left, LongAdder failed, CountDownLatch done) {
    try (Socket socket = new Socket(InetAddress.ofLiteral(url.getHost()), url.getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      Answers answers = new Answers(socket.getInputStream());
      while (left.getAndDecrement() > 0) {
        socket.getOutputStream().write(request);
        if (!answers.next().contains("\nprobe_success 1")) {
          failed.increment();
        }
      }
    } catch (IOException e) {
      failed.increment();
    } finally {
      done.countDown();
    }
  }

  /** User and system time of all threads: proc(5), the 14th and 15th field. */
  private long cpuNanos() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 0);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_A_TICK;
  }
}
