package parallax.deploy.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The processes that {@code deploy/lab/fleet} starts, and the faults that it causes. */
final class Fleet implements AutoCloseable {
  static final List<String> COORDINATORS = List.of("c1", "c2", "c3");
  static final List<String> PROBES = List.of("p1", "p2", "p3", "p4", "p5", "p6");
  static final int TARGETS = 6;

  /** Whose clocks can be set. */
  static final String CLOCK_MEMBER = "c3";

  static final String CLOCK_PROBE = "p6";

  private static final Path SCRIPT = Path.of("lab/fleet").toAbsolutePath();
  private static final Path LIBRARIES = Path.of("target/parallax/lib").toAbsolutePath();
  private static final int SCRIPT_SECONDS = 120;
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final Duration READY = Duration.ofMinutes(3);
  private static final int NETWORKS = 250;
  private static final Pattern LEADING = Pattern.compile("parallax_leading(\\{.*})? 1(\\.0)?");

  private final Path folder;
  private final String net;
  private final String program;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();

  /**
   * A fleet of the product as it is packaged.
   *
   * @param folder empty
   */
  static Fleet ofProduct(Path folder) throws IOException {
    return new Fleet(folder, launcher(folder).toString(), "10.77.");
  }

  /**
   * A fleet of another program, which is given the arguments that {@code parallax} would be given.
   */
  static Fleet ofProgram(Path folder, Path program) {
    return new Fleet(folder, program.toString(), "10.78.");
  }

  private Fleet(Path folder, String program, String networks) {
    Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "takes root");
    Stream.of("ip", "nft", "nginx", "openssl", "setpriv", "psql", "faketime").forEach(Fleet::need);
    this.folder = folder;
    this.program = program;
    // Runs beside each other have networks of their own.
    this.net = networks + (1 + ProcessHandle.current().pid() % NETWORKS);
  }

  private static void need(String name) {
    Assumptions.assumeTrue(
        Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
            .anyMatch(path -> Files.isExecutable(Path.of(path, name))),
        name + " is not installed");
  }

  /** As deploy/parallax starts it, but without a look at whether it must be built. */
  private static Path launcher(Path folder) throws IOException {
    Path file = folder.resolve("parallax");
    Files.writeString(
        file,
        """
        #!/bin/sh
        exec "%s/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 \\
          -Xss512k -XX:+ExitOnOutOfMemoryError -Xmx"${PARALLAX_HEAP:-128m}" \\
          --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
          ${PARALLAX_JAVA_OPTS:-} -cp "%s/*" parallax.deploy.ParallaxMain "$@"
        """
            .formatted(System.getProperty("java.home"), LIBRARIES));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  void up() {
    script("up", net, "--clocks", CLOCK_MEMBER + "," + CLOCK_PROBE);
  }

  /** Runs a command of the script to its end and returns what it printed. */
  String script(String command, String... arguments) {
    List<String> line = new ArrayList<>(List.of(SCRIPT.toString(), command, lab().toString()));
    line.addAll(List.of(arguments));
    try {
      // Not read through a pipe, which would stay open as long as what the script started.
      Path out = Files.createTempFile(folder, command, ".out");
      ProcessBuilder builder =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile());
      builder.environment().put("PARALLAX", program);
      Process process = builder.start();
      assertThat(process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS)).as("%s ends", line).isTrue();
      String said = Files.readString(out);
      Files.delete(out);
      assertThat(process.exitValue()).as("%s: %s", line, said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Path lab() {
    return folder.resolve("lab");
  }

  /** A file of the laboratory. */
  Path file(String name) {
    return lab().resolve(name);
  }

  /** This machine, as seen from inside. */
  String host() {
    return net + ".1";
  }

  String address(String name) {
    int number = name.charAt(name.length() - 1) - '0';
    return switch (name) {
      case "db" -> net + ".20";
      case "web" -> net + ".30";
      case "host" -> host();
      default -> net + (name.startsWith("c") ? ".1" : ".4") + number;
    };
  }

  void start(String... names) {
    script("start", names);
  }

  void kill(String... names) {
    script("kill9", names);
  }

  void cut(String... arguments) {
    script("cut", arguments);
  }

  void heal() {
    script("heal");
  }

  /**
   * What a target does from now on.
   *
   * @param manner {@code ok}, {@code 500}, {@code refuse} or {@code hang}
   */
  void web(String target, String manner) {
    script("web", target, manner);
  }

  /** Lets it die when it passes the step for the {@code count}th time from now. */
  void halt(String name, String step, int count) {
    script("halt", name, step + ":" + count);
  }

  /** Whether its process is there, be it paused. */
  boolean runs(String name) {
    try {
      Path pid = file(name + ".pid");
      if (!Files.exists(pid)) {
        return false;
      }
      String stat = Files.readString(Path.of("/proc", Files.readString(pid).strip(), "stat"));
      // What has ended and is not waited for is a zombie.
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  void awaitEnd(String name, Duration atMost) {
    Awaitility.await(name + " ends")
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !runs(name));
  }

  /** Asks a process; nothing when it does not answer. */
  Optional<HttpResponse<String>> get(String name, String path) {
    int port = name.startsWith("c") ? 8080 : 9115;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address(name) + ":" + port + path))
            .timeout(ANSWER)
            .build();
    // The timeout of a request ends with its headers; a member that is killed may never send the
    // rest.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      return Optional.of(answer.get(2 * ANSWER.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (TimeoutException e) {
      answer.cancel(true);
      System.out.println(name + " began to answer " + path + " and did not end");
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  boolean isReady(String member) {
    return get(member, "/readyz").filter(answer -> answer.statusCode() == 200).isPresent();
  }

  /** Whether it says that it decides. */
  boolean leads(String member) {
    return runs(member)
        && get(member, "/metrics")
            .filter(page -> page.body().lines().anyMatch(LEADING.asMatchPredicate()))
            .isPresent();
  }

  void awaitReady(String... members) {

    for (String member : members) {
      Awaitility.await(member + " is ready; see " + file(member + ".log"))
          .atMost(READY)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> isReady(member));
    }
  }

  /**
   * Undoes every fault and waits until all work: members are ready, and what each probe sees
   * arrives.
   */
  void makeWhole(Tables tables) {
    heal();
    for (String name : all()) {
      if (runs(name)) {
        script("cont", name);
      }
    }
    for (int target = 1; target <= TARGETS; target++) {
      web("shop-" + target, "ok");
    }
    if (!runs("db")) {
      script("pgstart");
    }
    List<String> missing = all().stream().filter(name -> !runs(name)).toList();
    if (!missing.isEmpty()) {
      start(missing.toArray(String[]::new));
    }
    awaitReady(COORDINATORS.toArray(String[]::new));
    awaitArrivals(tables, PROBES);
  }

  /** Waits until more of what these probes see is recorded than there was. */
  void awaitArrivals(Tables tables, List<String> probes) {
    Map<String, Long> before = tables.observations();
    Awaitility.await("observations of " + probes)
        .atMost(READY)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              Map<String, Long> now = tables.observations();
              return probes.stream()
                  .allMatch(probe -> now.getOrDefault(probe, 0L) > before.getOrDefault(probe, 0L));
            });
  }

  static List<String> all() {
    return Stream.concat(COORDINATORS.stream(), PROBES.stream()).toList();
  }

  @Override
  public void close() {
    script("down");
    client.shutdownNow();
  }
}
