package parallax.bench.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How soon pages of many targets come and how large they are, what an open page takes, and what
 * many readers of a busy coordinator take from taking in looks. The readers are in this process,
 * the coordinator in another one; both on this machine. TSV: figure, value, unit.
 *
 * <pre>
 * deploy/bench/pages [TARGETS] [READERS] [SECONDS]
 * </pre>
 */
public final class PagesMain {
  private static final int TIMED = 100;
  private static final int CHANGES = 1_000;
  private static final double MILLION = 1e6;
  private static final Pattern ASSET = Pattern.compile("\"(/assets/[^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final BufferedReader out;
  private final PrintWriter in;
  private final URI base;

  private PagesMain(Process served) throws IOException {
    out = served.inputReader();
    in = new PrintWriter(served.getOutputStream(), true, StandardCharsets.UTF_8);
    base = URI.create("http://127.0.0.1:" + answer("port")[0] + "/");
  }

  /** Takes how many targets, readers and seconds, and a folder for the record. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("served")) {
      Served.run(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      return;
    }
    int targets = Integer.parseInt(arguments[0]);
    Process served =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1500m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                PagesMain.class.getName(),
                "served",
                arguments[3],
                arguments[0])
            .redirectError(Path.of(arguments[3], "log").toFile())
            .start();
    try {
      new PagesMain(served)
          .measure(targets, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    } finally {
      served.destroyForcibly();
    }
  }

  private void measure(int targets, int readers, int seconds) throws IOException {
    // All that twelve probes have to say once, and again: now the code is warm.
    int all = targets * Served.PROBES;
    long[] filled = feed(Math.max(10, all / 8_000), 0, 0);
    print("targets", targets, "");
    print("looks", filled[0], "taken in at first");
    page("first page", "/?why=");
    page("targets", "/targets?q=site&state=&label=");
    print("first page", transferred(), "bytes transferred with style, script and icon");
    memory(readers);
    long[] fast = feed(seconds, 0, 0);
    print("ingest as fast as it goes", rate(fast), "looks/s, nobody reads");
    long[] read = read(readers, seconds, 0, 0);
    print("ingest as fast as it goes", rate(read), "looks/s, " + readers + " read");
    print("ratio", rate(read) / rate(fast), "of ingest as fast as it goes");
    int usual = targets * Served.PROBES / 30;
    long[] alone = feed(seconds, usual, CHANGES);
    print("ingest with changes", rate(alone), "looks/s, nobody reads");
    print("ingest with changes, cpu", cpu(alone), "percent of a core, nobody reads");
    long[] together = read(readers, seconds, usual, CHANGES);
    print("ingest with changes", rate(together), "looks/s, " + readers + " read");
    print("ingest with changes, cpu", cpu(together), "percent of a core, " + readers + " read");
    print("ratio", rate(together) / rate(alone), "of ingest with and without readers");
    print("reader", (cpu(together) - cpu(alone)) / readers, "percent of a core each");
  }

  private static double rate(long[] fed) {
    return fed[0] * 1e9 / fed[1];
  }

  private static double cpu(long[] fed) {
    return 100.0 * fed[2] / fed[1];
  }

  private long[] read(int readers, int seconds, int rate, int changes) throws IOException {
    Reader.Tally tally = new Reader.Tally();
    List<Reader> all = new ArrayList<>();
    try {
      for (int reader = 0; reader < readers; reader++) {
        all.add(new Reader(client, base, tally));
      }
      long[] fed = feed(seconds, rate, changes);
      double each = 1.0 / readers / seconds;
      print("turned targets", fed[4] / (double) seconds, "a second");
      print("changes told", tally.changes().get() * each, "a second to each reader");
      print("events", tally.events().get() * each, "a second to each reader");
      print("pages", tally.pages().get() * each, "a second by each reader");
      print("pages", tally.bytes().get() / Math.max(1.0, tally.pages().get()), "bytes each");
      print("pages that failed", tally.failed().get(), "");
      if (changes > 0) {
        print("cpu", fed[2] / 1e3 / Math.max(1, fed[4]), "us a turned target, with all else");
      }
      return fed;
    } finally {
      for (Reader reader : all) {
        reader.close();
      }
    }
  }

  /** Each question is another one, so that each page is made anew. */
  private void page(String name, String query) {
    double[] times = new double[TIMED];
    long bytes = 0;
    for (int turn = -TIMED; turn < TIMED; turn++) {
      long start = System.nanoTime();
      bytes = Reader.fetched(client, base.resolve(query + (turn + TIMED)));
      if (turn >= 0) {
        times[turn] = (System.nanoTime() - start) / MILLION;
      }
    }
    Arrays.sort(times);
    print(name, times[TIMED / 2], "ms, half of all");
    print(name, times[TIMED * 99 / 100], "ms, 99 of 100");
    print(name, bytes, "bytes");
  }

  private long transferred() throws IOException {
    long bytes = Reader.fetched(client, base);
    try {
      var plain =
          client.send(
              java.net.http.HttpRequest.newBuilder(base).build(),
              HttpResponse.BodyHandlers.ofString());
      Matcher assets = ASSET.matcher(plain.body());
      while (assets.find()) {
        bytes += Reader.fetched(client, base.resolve(assets.group(1)));
      }
      print("first page", plain.body().length(), "characters before compression");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return bytes;
  }

  private void memory(int readers) throws IOException {
    Reader.Tally tally = new Reader.Tally();
    new Reader(client, base, tally).close();
    long before = heap();
    List<Reader> all = new ArrayList<>();
    for (int reader = 0; reader < readers; reader++) {
      all.add(new Reader(client, base, tally));
    }
    print("open page", (heap() - before) / 1024.0 / readers, "KiB of heap each");
    print("heap", before / MILLION, "MB, nobody reads");
    for (Reader reader : all) {
      reader.close();
    }
  }

  private long heap() throws IOException {
    in.println("heap");
    return answer("heap")[0];
  }

  private long[] feed(int seconds, int rate, int changes) throws IOException {
    in.println("feed " + seconds + " " + rate + " " + changes);
    return answer("fed");
  }

  /** The figures of the next line that begins so. */
  private long[] answer(String word) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(word + " ")) {
        return Arrays.stream(line.substring(word.length() + 1).split(" "))
            .mapToLong(Long::parseLong)
            .toArray();
      }
    }
    throw new IOException("the coordinator ended");
  }

  private static void print(String figure, double value, String unit) {
    System.out.printf(
        Locale.ROOT, value == Math.rint(value) ? "%s\t%.0f\t%s%n" : "%s\t%.3f\t%s%n", figure, value,
        unit);
  }
}
