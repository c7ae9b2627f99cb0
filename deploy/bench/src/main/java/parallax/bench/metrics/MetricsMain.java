package parallax.bench.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a scrape of one coordinator costs: series, bytes, CPU time of the coordinator, time, and
 * memory. The scraper is this process, the coordinator another one; both on this machine. Then,
 * where there is one, a real Prometheus scrapes it while looks come in as from probes with an
 * interval of 30 s. TSV: figure, value, unit.
 *
 * <pre>
 * deploy/bench/metrics [TARGETS] [REGIONS] [SCRAPES]
 * </pre>
 */
public final class MetricsMain {
  private static final int WARM = 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration GOODBYE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final double MILLION = 1e6;
  private static final int READ = 64 * 1024;
  private static final int ALL = 4;

  /** A scrape of Prometheus every so many seconds, and how many of them. */
  private static final int EVERY = 5;

  private static final int REAL_SCRAPES = 8;

  /** A process that takes less than this in {@link #LOOK} has nothing to do. */
  private static final Duration NOTHING = Duration.ofMillis(15);

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int MAX_LOOKS = 100;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BufferedReader out;
  private final PrintWriter in;
  private final URI page;

  private record Scrape(long bytes, long lines, long nanos) {}

  private MetricsMain(Process served) throws IOException {
    out = served.inputReader();
    in = new PrintWriter(served.getOutputStream(), true, StandardCharsets.UTF_8);
    page = URI.create("http://127.0.0.1:" + answer("port") + "/metrics");
  }

  /**
   * Takes how many targets, regions and scrapes, a folder for the record, and the paths of
   * prometheus and promtool where there are any.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("scraped")) {
      Scraped.run(
          Path.of(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      return;
    }
    Process scraped =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                MetricsMain.class.getName(),
                "scraped",
                arguments[3],
                arguments[0],
                arguments[1])
            .redirectError(Path.of(arguments[3], "log").toFile())
            .start();
    try {
      int regions = Integer.parseInt(arguments[0]) * Integer.parseInt(arguments[1]);
      MetricsMain bench = new MetricsMain(scraped);
      bench.measure(regions, Integer.parseInt(arguments[2]));
      if (arguments.length > ALL) {
        bench.real(arguments[ALL], Path.of(arguments[3]));
      }
      if (arguments.length > ALL + 1) {
        bench.judge(arguments[ALL + 1], Path.of(arguments[3]));
      }
    } finally {
      // The end of what it is told is the end of it.
      scraped.getOutputStream().close();
      if (!scraped.waitFor(GOODBYE.toSeconds(), TimeUnit.SECONDS)) {
        scraped.destroyForcibly();
      }
    }
  }

  private void measure(int targetRegions, int scrapes) throws IOException, InterruptedException {
    awaitAll();
    Scrape whole = scrape("text/plain", "identity");
    print("series", (double) whole.lines(), "samples of a page");
    print("series of a target and region", whole.lines() / (double) targetRegions, "on average");
    print("heap", ask("heap") / MILLION, "MB in use before");
    cost("text", "text/plain", scrapes);
    cost("OpenMetrics", "application/openmetrics-text;version=1.0.0", scrapes);
    changing(scrapes);
    print("heap", ask("heap") / MILLION, "MB in use after");
  }

  /** Half of the histograms change from one scrape to the next, as at half the interval. */
  private void changing(int scrapes) throws IOException, InterruptedException {
    double busy = 0;
    for (int round = 0; round < scrapes; round++) {
      ask("feed");
      settle();
      long before = ask("cpu");
      scrape("application/openmetrics-text;version=1.0.0", "identity");
      busy += ask("cpu") - before;
    }
    print("OpenMetrics, half of it new", busy / scrapes / MILLION, "ms of CPU time a scrape");
  }

  private void settle() throws IOException {
    long before = ask("cpu");
    for (int look = 0; look < MAX_LOOKS; look++) {
      LockSupport.parkNanos(LOOK.toNanos());
      long now = ask("cpu");
      if (now - before < NOTHING.toNanos()) {
        return;
      }
      before = now;
    }
  }

  private void real(String program, Path folder) throws IOException, InterruptedException {
    ask("live");
    try (RealPrometheus prometheus = RealPrometheus.start(program, page, EVERY, folder)) {
      if (!prometheus.await(REAL_SCRAPES)) {
        throw new IOException("Prometheus did not scrape: see " + folder.resolve("prometheus.log"));
      }
      String[][] asked = {
        {"scrape_samples_scraped", "samples scraped"},
        {"min_over_time(up[1h])", "1: each scrape went well"},
        {"quantile_over_time(0.5, scrape_duration_seconds[1h])", "s a scrape, median"},
        {
          "max_over_time(scrape_duration_seconds[%ds])".formatted(EVERY * (REAL_SCRAPES - 1)),
          "s a scrape, longest but the first"
        },
        {"max_over_time(scrape_duration_seconds[1h])", "s a scrape, longest"},
        {"count_over_time(up[1h])", "scrapes"}
      };
      for (String[] each : asked) {
        print("Prometheus", prometheus.ask(each[0]).orElse(Double.NaN), each[1]);
      }
    }
  }

  private void judge(String promtool, Path folder) throws IOException, InterruptedException {
    Path whole = folder.resolve("page");
    client.send(
        HttpRequest.newBuilder(page).timeout(TIMEOUT).build(),
        HttpResponse.BodyHandlers.ofFile(whole));
    String found = RealPrometheus.judged(promtool, whole);
    print(
        "promtool",
        (double) found.lines().count(),
        "findings" + (found.isEmpty() ? "" : ": " + found));
  }

  /** Until all that was handed over is on the page. */
  private void awaitAll() throws IOException, InterruptedException {
    long before = -1;
    long lines = scrape("text/plain", "identity").lines();
    while (lines != before) {
      LockSupport.parkNanos(SECOND.toNanos());
      before = lines;
      lines = scrape("text/plain", "identity").lines();
    }
  }

  private void cost(String name, String accept, int scrapes)
      throws IOException, InterruptedException {
    for (int round = 0; round < WARM; round++) {
      scrape(accept, "gzip");
    }
    List<Long> times = new ArrayList<>();
    long bytes = 0;
    long cpu = ask("cpu");
    long began = System.nanoTime();
    for (int round = 0; round < scrapes; round++) {
      Scrape made = scrape(accept, "gzip");
      times.add(made.nanos());
      bytes = made.bytes();
    }
    long took = System.nanoTime() - began;
    double busy = ask("cpu") - cpu;
    double idle = idle(took);
    Collections.sort(times);
    print(name, (double) bytes, "bytes sent");
    print(name, Math.max(0, busy - idle) / scrapes / MILLION, "ms of CPU time a scrape");
    print(name, times.get(times.size() / 2) / MILLION, "ms from request to end, median");
    print(name, times.getLast() / MILLION, "ms from request to end, longest");
  }

  /** What the process takes in so long a time when nobody scrapes. */
  private double idle(long nanos) throws IOException {
    long before = ask("cpu");
    long began = System.nanoTime();
    LockSupport.parkNanos(Math.min(nanos, IDLE.toNanos()));
    return (ask("cpu") - before) * ((double) nanos / (System.nanoTime() - began));
  }

  private Scrape scrape(String accept, String encoding) throws IOException, InterruptedException {
    long began = System.nanoTime();
    HttpResponse<InputStream> answer =
        client.send(
            HttpRequest.newBuilder(page)
                .timeout(TIMEOUT)
                .header("Accept", accept)
                .header("Accept-Encoding", encoding)
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    long bytes = 0;
    long lines = 0;
    byte[] part = new byte[READ];
    boolean fresh = true;
    try (InputStream body = answer.body()) {
      for (int read = body.read(part); read >= 0; read = body.read(part)) {
        bytes += read;
        for (int i = 0; i < read; i++) {
          lines += fresh && part[i] != '#' ? 1 : 0;
          fresh = part[i] == '\n';
        }
      }
    }
    if (answer.statusCode() != 200) {
      throw new IOException("status " + answer.statusCode());
    }
    return new Scrape(bytes, lines, System.nanoTime() - began);
  }

  private long ask(String what) throws IOException {
    in.println(what);
    return answer(what);
  }

  private long answer(String name) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(name + " ")) {
        return Long.parseLong(line.substring(name.length() + 1));
      }
    }
    throw new IOException("the coordinator has ended; see its log");
  }

  private static void print(String figure, double value, String unit) {
    System.out.printf(Locale.ROOT, "%s\t%.2f\t%s%n", figure, value, unit);
  }
}
