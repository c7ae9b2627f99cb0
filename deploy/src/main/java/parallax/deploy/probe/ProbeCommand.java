package parallax.deploy.probe;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.problem.Problem;
import parallax.config.routes.RouteWatching;
import parallax.config.target.Region;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.Folders;
import parallax.deploy.command.NameOptions;
import parallax.deploy.command.NetOptions;
import parallax.deploy.command.Version;
import parallax.probe.LocalChecks;
import parallax.probe.blackbox.BlackboxNode;
import parallax.probe.blackbox.serve.Modules;
import parallax.probe.blackbox.web.WebFile;
import parallax.probe.net.Departure;
import parallax.probe.net.NetworkPolicy;
import parallax.probe.uplink.file.PrivateFile;
import parallax.probe.uplink.wire.CoordinatorUrl;
import parallax.probe.uplink.wire.Credentials;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A probe on its own, told what to do by coordinators, or by Prometheus alone. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = {
      "Looks at the targets that a coordinator assigns, and hands over what it saw.",
      "Goes on without any coordinator, by its last assignment. Ends on Ctrl-C.",
      "With --modules and without --coordinator: probes what Prometheus asks for at /probe, in",
      "place of its blackbox exporter; then it connects to all addresses but those of metadata",
      "services and what --deny-net names.",
      "Connects to public addresses only, and to what --allow-net allows.",
      "Exit status 2 when the command line is wrong, 3 when it cannot run."
    })
public final class ProbeCommand implements Callable<Integer> {
  private static final long MAX_ASN = 0xFFFF_FFFFL;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NetOptions net = new NetOptions();
  @Mixin private NameOptions names = new NameOptions();
  @Mixin private RouteOptions routes = new RouteOptions();
  @Mixin private ModuleOptions modules = new ModuleOptions();
  @Mixin private WebOptions web = new WebOptions();
  @Mixin private LogOptions logs = new LogOptions();

  @Option(
      names = "--coordinator",
      split = ",",
      paramLabel = "URL",
      description = {
        "Where coordinators listen, such as wss://parallax.example.net:8443. Several: one is",
        "used, the next one when it fails."
      })
  private List<String> coordinators = new ArrayList<>();

  @Option(names = "--name", paramLabel = "NAME", description = "The probe's name.")
  private String name = "";

  @Option(names = "--region", paramLabel = "REGION", description = "Where the probe stands.")
  private String region = "";

  @Option(
      names = "--asn",
      paramLabel = "N",
      description = "The autonomous system that the probe sits in.")
  private @Nullable Long asn;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "Holds the probe's token. Readable by its owner only; read at each connection, so that",
        "it can be replaced at any time."
      })
  private @Nullable Path token;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Who alone vouches for coordinators (PEM). Default: the CAs of the JDK.")
  private @Nullable Path authorities;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "The probe's certificate chain (PEM), for mutual TLS; with --key.")
  private @Nullable Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Its key (PEM, PKCS #8). Readable by its owner only.")
  private @Nullable Path key;

  @Option(
      names = "--plaintext",
      description = "Lets ws:// lead to other machines: the token goes over the network readable.")
  private boolean plaintext;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Where the last assignment and what is not handed over yet are kept; for this probe",
        "alone. Default: ~/.local/state/parallax/probe/NAME."
      })
  private @Nullable Path data;

  @Option(
      names = "--source",
      split = ",",
      paramLabel = "IP",
      description = {
        "The addresses of this machine that checks leave from, one of each family. Registries and",
        "sources of routes are asked from wherever the system chooses."
      })
  private List<String> sources = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    logs.apply();
    if (modules.isCheck()) {
      return checked().status();
    }
    if (coordinators.isEmpty() && modules.hasFile()) {
      return standAlone().status();
    }
    demand(!coordinators.isEmpty(), "--coordinator=URL, or --modules=FILE to do without");
    demand(!name.isEmpty(), "--name=NAME");
    demand(!region.isEmpty(), "--region=REGION");
    Vantage vantage = vantage();
    Path folder =
        data == null ? Folders.data().resolve("probe").resolve(vantage.probe().value()) : data;
    LocalChecks.Settings checks =
        new LocalChecks.Settings(
                net.probePolicy(),
                names.system(),
                names.registries(),
                names.lists(folder),
                RouteWatching.NONE.and(routes.sources()),
                "Parallax/" + Version.NUMBER)
            .leaving(departure());
    List<CoordinatorUrl> urls = urls();
    WebSettings pages = web.settings(false);
    Credentials credentials = credentials();
    credentials.verify();
    run(
        new RemoteProbeNode.Settings(
            vantage,
            PrivateFile.folder(folder),
            urls,
            credentials,
            pages,
            checks,
            blackbox(net.probePolicy())));
    return ExitCode.FINE.status();
  }

  private void demand(boolean given, String option) {
    if (!given) {
      throw new ParameterException(spec.commandLine(), "Missing required option: " + option);
    }
  }

  private BlackboxNode.Settings blackbox(NetworkPolicy policy) {
    return new BlackboxNode.Settings(
        modules.file(), policy, departure(), "Parallax/" + Version.NUMBER, modules.pages());
  }

  private ExitCode checked() {
    List<Problem> problems =
        new ArrayList<>(new Modules(modules.file(), InstantSource.system()).load());
    web.file().ifPresent(file -> problems.addAll(WebFile.check(file)));
    return modules.fine(problems) ? ExitCode.FINE : ExitCode.NO;
  }

  private ExitCode standAlone() throws InterruptedException {
    StandaloneNode.Settings settings =
        new StandaloneNode.Settings(
            blackbox(net.standalonePolicy()), web.settings(true), modules.reloading());
    switch (StandaloneNode.start(settings)) {
      case StandaloneNode.Started.Refused(List<Problem> problems) -> {
        modules.fine(problems);
        return ExitCode.NO;
      }
      case StandaloneNode.Started.Running(StandaloneNode node) -> {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (node) {
          Runtime.getRuntime().addShutdownHook(new Thread(() -> end(over, closed), "parallax-end"));
          Hangup.does(node::reload);
          PrintWriter out = spec.commandLine().getOut();
          node.urls()
              .forEach(url -> out.println("Parallax prober for Prometheus: " + url + "probe"));
          out.println("Ctrl-C ends it.");
          over.await();
        }
        closed.countDown();
        return ExitCode.FINE;
      }
    }
  }

  private void run(RemoteProbeNode.Settings settings) throws IOException, InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (RemoteProbeNode node = RemoteProbeNode.start(settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(over, closed), "parallax-end"));
      if (modules.hasFile()) {
        Hangup.does(node::reload);
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println("Parallax probe " + name + " in " + region + ".");
      node.urls().forEach(url -> out.println("Metrics: " + url + "metrics"));
      out.println("Ctrl-C ends it.");
      over.await();
    }
    closed.countDown();
  }

  /** Ctrl-C, SIGTERM: ends what runs, waits for it, and calls it a good end. */
  private static void end(CountDownLatch over, CountDownLatch closed) {
    over.countDown();
    try {
      closed.await(RemoteProbeNode.GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.FINE.status());
  }

  private Vantage vantage() {
    if (asn != null && (asn < 0 || asn > MAX_ASN)) {
      throw new ParameterException(spec.commandLine(), "--asn: not a number of 32 bits: " + asn);
    }
    try {
      return new Vantage(new ProbeName(name), new Region(region), Optional.ofNullable(asn));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Departure departure() {
    try {
      return Departure.from(sources.stream().map(this::own).toList());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--source: " + e.getMessage(), e);
    }
  }

  /** An address that this machine has: only such a one can be bound. */
  private InetAddress own(String written) {
    InetAddress address = InetAddress.ofLiteral(written);
    try (ServerSocket _ = new ServerSocket(0, 1, address)) {
      return address;
    } catch (IOException e) {
      throw new IllegalArgumentException("not an address of this machine: " + written, e);
    }
  }

  private List<CoordinatorUrl> urls() {
    try {
      return coordinators.stream()
          .map(written -> CoordinatorUrl.parse(written, plaintext))
          .distinct()
          .toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--coordinator: " + e.getMessage(), e);
    }
  }

  private Credentials credentials() {
    if ((certificate == null) != (key == null)) {
      throw new ParameterException(spec.commandLine(), "--cert and --key go together");
    }
    demand(token != null, "--token-file=FILE");
    return new Credentials(
        Objects.requireNonNull(token),
        Optional.ofNullable(authorities),
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new Credentials.ClientCertificate(certificate, key)));
  }
}
