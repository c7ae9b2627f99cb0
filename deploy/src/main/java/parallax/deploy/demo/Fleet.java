package parallax.deploy.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.ProbeName;
import parallax.coordinator.identity.CredentialTable;
import parallax.coordinator.identity.Credentials;
import parallax.coordinator.store.sqlite.SqliteStore;
import parallax.deploy.command.Listen;
import parallax.deploy.demo.net.SmallInternet;
import parallax.deploy.demo.story.Vantages;
import parallax.deploy.demo.story.Vantages.Vantage;

/** A coordinator and its probes, each a process of its own. */
final class Fleet implements AutoCloseable {
  private static final String PAGE = "Page: (http://\\S+)";
  private static final String UPLINK = "Probes: port (\\d+)";
  private static final String READY = "Metrics: (http://\\S+)";

  private final List<Child> children = new ArrayList<>();
  private final List<URI> metrics = new ArrayList<>();
  private final DemoFolder folder;
  private final SmallInternet internet;
  private final InstantSource clock;
  private int uplinkPort;
  private boolean closed;
  private URI page = URI.create("http://127.0.0.1/");

  Fleet(DemoFolder folder, SmallInternet internet, InstantSource clock) {
    this.folder = folder;
    this.internet = internet;
    this.clock = clock;
  }

  /**
   * Starts the coordinator; its page is served when this returns.
   *
   * @throws IOException when it does not start, with its reason
   */
  void lead(Listen listen) throws IOException {
    Path config = folder.write("demo.yaml", DemoConfiguration.text(internet, ca()));
    Child coordinator =
        start(
            "coordinator",
            List.of(
                "coordinator",
                "--config=" + config,
                "--data=" + data(),
                "--state=" + folder.resolve("state"),
                "--listen=" + listen.host() + ":" + listen.port(),
                "--uplink=127.0.0.1:0"),
            List.of(PAGE, UPLINK));
    page = URI.create(coordinator.await(PAGE).group(1));
    uplinkPort = Integer.parseInt(coordinator.await(UPLINK).group(1));
  }

  /**
   * Starts the probes.
   *
   * @throws IOException when one does not start, with its reason
   */
  void look() throws IOException {
    Path hints = folder.write("root.hints", internet.rootHints());
    List<Child> probes = new ArrayList<>();
    for (Vantage vantage : Vantages.ALL) {
      String name = vantage.name();
      probes.add(
          start(
              name,
              List.of(
                  "probe",
                  "--coordinator=ws://127.0.0.1:" + uplinkPort,
                  "--name=" + name,
                  "--region=" + vantage.region(),
                  "--asn=" + vantage.asn(),
                  "--token-file=" + token(name),
                  "--data=" + folder.resolve("probe-" + name),
                  "--listen=127.0.0.1:0",
                  "--source=" + vantage.address().getHostAddress(),
                  "--allow-net=127.0.0.0/8",
                  "--root-hints=" + hints,
                  "--dns-port=" + internet.dnsPort()),
              List.of(READY)));
    }
    for (Child probe : probes) {
      metrics.add(URI.create(probe.await(READY).group(1)));
    }
  }

  private Path ca() throws IOException {
    return folder.write("ca.pem", internet.authorities());
  }

  private Path data() {
    return folder.resolve("data");
  }

  private synchronized Child start(String name, List<String> arguments, List<String> awaited)
      throws IOException {
    if (closed) {
      throw new IOException("the demo ends");
    }
    Child child = Child.start(name, folder.resolve(name + ".log"), arguments, awaited);
    children.add(child);
    return child;
  }

  private Path token(String probe) throws IOException {
    Credentials.By me = new Credentials.By("demo", clock.instant());
    try (Credentials credentials = new CredentialTable(SqliteStore.shared(data()))) {
      return switch (credentials.create(new ProbeName(probe), Optional.empty(), me)) {
        case Credentials.Created.New(var _, var token) -> {
          Path file =
              Files.createFile(
                  folder.resolve(probe + ".token"),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")));
          yield Files.writeString(file, token.reveal() + "\n");
        }
        case Credentials.Created.TooMany _, Credentials.Created.Full _ ->
            throw new IOException("no token for " + probe);
      };
    }
  }

  /** Where Prometheus can scrape: the coordinator first, then the probes. */
  List<URI> metrics() {
    List<URI> all = new ArrayList<>(List.of(page.resolve("/metrics")));
    all.addAll(metrics);
    return List.copyOf(all);
  }

  /** Where the page is served. */
  URI page() {
    return page;
  }

  /** The first process that is not there any more. */
  synchronized Optional<String> lost() {
    return children.stream().filter(child -> !child.isAlive()).map(Child::name).findFirst();
  }

  @Override
  public synchronized void close() {
    closed = true;
    children.forEach(Child::end);
    children.forEach(Child::close);
  }
}
