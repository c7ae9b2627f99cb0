package parallax.deploy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine;

/**
 * Starts what Parallax usually starts, asks it for what it is usually asked for, and ends, so that
 * the JVM can keep what it learned meanwhile (JEP 514, {@code -XX:AOTCacheOutput}). Needs no
 * network; listens on loopback, on any free port.
 */
final class RehearsalMain {
  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int ROUNDS = 20;
  private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;
  private static final Pattern LISTENING = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
  private static final String ANY = "127.0.0.1:0";

  private final Path folder;

  private RehearsalMain(Path folder) {
    this.folder = folder;
  }

  /** The arguments: {@code probe} or {@code main}, and an empty folder for what it writes. */
  static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 2) {
      System.err.println("parallax: which part, and a folder");
      System.exit(ExitCode.USAGE.status());
    }
    RehearsalMain rehearsal = new RehearsalMain(Path.of(arguments[1]));
    boolean heard =
        switch (arguments[0]) {
          case "probe" -> rehearsal.probe();
          case "main" -> rehearsal.coordinator();
          default -> false;
        };
    System.exit((heard ? ExitCode.FINE : ExitCode.COULD_NOT_RUN).status());
  }

  /** A command that runs, and where it listens. */
  private record Started(Thread running, URI page) {}

  private boolean probe() throws IOException, InterruptedException {
    Path token = folder.resolve("token");
    Files.createFile(
        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, "rehearsal");
    Optional<Started> probe =
        start(
            ProbeMain.LAUNCHER,
            List.of(
                "probe",
                "--name=rehearsal",
                "--region=rehearsal",
                "--token-file=" + token,
                "--coordinator=ws://" + ANY.replace(":0", ":9"),
                "--allow-net=127.0.0.0/8",
                "--data=" + folder.resolve("data"),
                "--listen=" + ANY));
    if (probe.isEmpty()) {
      return false;
    }
    URI page = probe.get().page();
    String itself = URLEncoder.encode(page + "/healthz", StandardCharsets.UTF_8);
    return visit(
        probe.get(),
        List.of(
            "/healthz",
            "/metrics",
            "/probe?module=http_2xx&target=" + itself,
            "/probe?module=tcp_connect&target=" + page.getAuthority()));
  }

  private boolean coordinator() throws IOException, InterruptedException {
    Optional<Started> hub =
        start(
            ParallaxMain.LAUNCHER,
            List.of(
                "coordinator",
                "--config=" + targets("hub", "https://parallax.invalid/"),
                "--data=" + folder.resolve("hub-data"),
                "--uplink=" + ANY,
                "--listen=" + ANY));
    if (hub.isEmpty()) {
      return false;
    }
    Optional<Started> all =
        start(
            ParallaxMain.LAUNCHER,
            List.of(
                "up",
                "--config=" + targets("all", hub.get().page() + "/readyz"),
                "--data=" + folder.resolve("all-data"),
                "--allow-net=127.0.0.0/8",
                "--listen=" + ANY));
    List<String> pages =
        List.of("/readyz", "/", "/metrics", "/targets", "/api/v1/targets", "/api/v1/incidents");
    return all.isPresent() && visit(hub.get(), pages) && visit(all.get(), pages);
  }

  private Path targets(String name, String url) throws IOException {
    String yaml = "version: 1\ntargets:\n  - {name: one, url: '" + url + "', interval: 1s}\n";
    return Files.writeString(folder.resolve(name + ".yaml"), yaml);
  }

  private static PrintWriter complaints() {
    return new PrintWriter(System.err, true, StandardCharsets.UTF_8);
  }

  /** Runs a command that does not end, and returns where it says that it listens. */
  private static Optional<Started> start(Launcher launcher, List<String> arguments)
      throws InterruptedException {
    StringWriter said = new StringWriter();
    CommandLine command =
        Running.of(launcher, arguments, new PrintWriter(said, true), complaints());
    Thread running =
        Thread.ofPlatform()
            .daemon()
            .name("rehearsal-" + arguments.getFirst())
            .start(() -> command.execute(arguments.toArray(String[]::new)));
    for (long left = READY.dividedBy(PAUSE); left > 0; left--) {
      Matcher listening = LISTENING.matcher(said.toString());
      if (listening.find()) {
        return Optional.of(new Started(running, URI.create(listening.group())));
      }
      if (running.join(PAUSE)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Whether each page answered at last; all of them are asked for again and again. */
  private static boolean visit(Started started, List<String> pages) throws InterruptedException {
    List<String> refused = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      refused.clear();
      for (String page : pages) {
        if (!get(started.page(), page)) {
          refused.add(page);
        }
      }
      if (started.running().join(PAUSE)) {
        return false;
      }
    }
    refused.forEach(page -> System.err.println("parallax: no answer at " + started.page() + page));
    return refused.isEmpty();
  }

  private static boolean get(URI at, String page) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) ANSWER.toMillis());
      InetAddress here = InetAddress.ofLiteral(at.getHost());
      socket.connect(new InetSocketAddress(here, at.getPort()), (int) ANSWER.toMillis());
      String request =
          "GET "
              + page
              + " HTTP/1.1\r\nHost: "
              + at.getAuthority()
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(MAX_ANSWER_BYTES);
      return new String(answer, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 200 ");
    } catch (IOException e) {
      return false;
    }
  }
}
