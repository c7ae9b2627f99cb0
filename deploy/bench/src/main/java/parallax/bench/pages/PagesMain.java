package parallax.bench.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How soon pages of many targets come and how large they are, what an open page takes, and what
 * many readers of a busy coordinator take from taking in looks. The readers are in this process,
 * the coordinator in another one; both on this machine. TSV: figure, value, unit.
 *
 * <pre>
 * deploy/bench/pages [TARGETS] [READERS] [SECONDS] [signed-in|anybody]
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
  private final Optional<String> token;
  private final List<Whose> people = new ArrayList<>();

  private PagesMain(Process served, Optional<String> token) throws IOException {
    this.token = token;
    out = served.inputReader();
    in = new PrintWriter(served.getOutputStream(), true, StandardCharsets.UTF_8);
    base = URI.create("http://127.0.0.1:" + answer("port")[0] + "/");
  }

  /**
   * Takes how many targets, readers and seconds, a folder for the record, and whether readers sign
   * in.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments[0].equals("served")) {
      Served.run(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
      return;
    }
    int targets = Integer.parseInt(arguments[0]);
    Optional<String> token = token(Path.of(arguments[3]), arguments[4]);
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
      new PagesMain(served, token)
          .measure(targets, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    } finally {
      served.destroyForcibly();
    }
  }

  /** One that is configured, if readers are to sign in. */
  private static Optional<String> token(Path folder, String readers) throws IOException {
    return switch (readers) {
      case "anybody" -> Optional.empty();
      case "signed-in" -> {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String token = HexFormat.of().formatHex(random);
        Files.writeString(folder.resolve(Served.TOKEN), token);
        yield Optional.of(token);
      }
      default -> throw new IllegalArgumentException("signed-in or anybody, not " + readers);
    };
  }

  /** Each of them is somebody else. */
  private void enter(int count) throws IOException {
    for (int reader = 0; reader < Math.max(1, count); reader++) {
      people.add(
          token.isEmpty() ? Whose.ANYBODY : Whose.signedIn(client, base, token.get(), reader));
    }
    print("readers", count, token.isEmpty() ? "of whom nothing is known" : "signed in");
  }

  private void measure(int targets, int readers, int seconds) throws IOException {
    enter(readers);
    // All that twelve probes have to say: now the code is warm.
    long[] filled = feed(Math.max(seconds, targets * Served.PROBES / 12_000), 0);
    print("targets", targets, "by " + Served.PROBES + " probes");
    print("looks", (double) filled[0], "taken in at first");
    page("first page", "/?why=");
    page("page of targets", "/targets?q=site&state=&label=");
    print("first page", (double) transferred(), "bytes transferred with style, script and icon");
    memory(readers);
    // As if each probe looked at each target every 30 seconds.
    int usual = targets * Served.PROBES / 30;
    in.println("change " + CHANGES);
    compare("ingest as usual", usual, readers, seconds);
    compare("ingest as fast as it goes", 0, readers, seconds);
  }

  private void compare(String name, int rate, int readers, int seconds) throws IOException {
    long[] alone = feed(seconds, rate);
    print(name, rate(alone), "looks/s, nobody reads");
    print(name + ", cpu", cpu(alone), "percent of a core, nobody reads");
    long[] together = read(readers, seconds, rate);
    print(name, rate(together), "looks/s, " + readers + " read");
    print(name + ", cpu", cpu(together), "percent of a core, " + readers + " read");
    print(name + ", ratio", rate(together) / rate(alone), "with readers to without");
    print(name + ", cpu", perLook(alone), "us a look with all else, nobody reads");
    print(name + ", cpu", perLook(together), "us a look with all else, " + readers + " read");
    if (rate > 0) {
      double more = cpu(together) - cpu(alone);
      print("reader", more / readers, "percent of a core each");
      print("change", more * 1e4 * seconds / Math.max(1, together[4]), "us for all readers");
    }
  }

  private static double rate(long[] fed) {
    return fed[0] * 1e9 / fed[1];
  }

  private static double perLook(long[] fed) {
    return fed[2] / 1e3 / Math.max(1, fed[0]);
  }

  private static double cpu(long[] fed) {
    return 100.0 * fed[2] / fed[1];
  }

  private long[] read(int readers, int seconds, int rate) throws IOException {
    Reader.Tally tally = new Reader.Tally();
    List<Reader> all = new ArrayList<>();
    try {
      for (int reader = 0; reader < readers; reader++) {
        all.add(new Reader(client, base, people.get(reader), tally));
      }
      long[] fed = feed(seconds, rate);
      double each = 1.0 / readers / seconds;
      print("turned targets", fed[4] / (double) seconds, "a second");
      print("changes told", tally.changes().get() * each, "a second to each reader");
      print("events", tally.events().get() * each, "a second to each reader");
      print("pages", tally.pages().get() * each, "a second by each reader");
      print("pages", (double) tally.bytes().get() / Math.max(1, tally.pages().get()), "bytes each");
      print("pages that failed", (double) tally.failed().get(), "");
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
      bytes = Reader.fetched(client, base.resolve(query + (turn + TIMED)), people.getFirst());
      if (turn >= 0) {
        times[turn] = (System.nanoTime() - start) / MILLION;
      }
    }
    Arrays.sort(times);
    print(name, times[TIMED / 2], "ms, half of all");
    print(name, times[TIMED * 99 / 100], "ms, 99 of 100");
    print(name, (double) bytes, "bytes");
  }

  private long transferred() throws IOException {
    long bytes = Reader.fetched(client, base, people.getFirst());
    try {
      var plain =
          client.send(people.getFirst().to(base).build(), HttpResponse.BodyHandlers.ofString());
      Matcher assets = ASSET.matcher(plain.body());
      while (assets.find()) {
        bytes += Reader.fetched(client, base.resolve(assets.group(1)), people.getFirst());
      }
      print("first page", plain.body().length(), "characters before compression");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return bytes;
  }

  private void memory(int readers) throws IOException {
    Reader.Tally tally = new Reader.Tally();
    new Reader(client, base, people.getFirst(), tally).close();
    long before = heap();
    List<Reader> all = new ArrayList<>();
    for (int reader = 0; reader < readers; reader++) {
      all.add(new Reader(client, base, people.get(reader), tally));
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

  private long[] feed(int seconds, int rate) throws IOException {
    in.println("feed " + seconds + " " + rate);
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
        Locale.ROOT,
        value == Math.rint(value) ? "%s\t%.0f\t%s%n" : "%s\t%.3f\t%s%n",
        figure,
        value,
        unit);
  }
}
