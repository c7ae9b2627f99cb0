package parallax.deploy.up;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import parallax.config.Configuration;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.Target;
import parallax.coordinator.configuration.ConfigurationSource;
import parallax.coordinator.configuration.ConfigurationSources;
import parallax.deploy.command.CommandsOptions;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.Folders;
import parallax.deploy.command.HookOptions;
import parallax.deploy.command.Listen;
import parallax.deploy.command.NameOptions;
import parallax.deploy.command.NetOptions;
import parallax.deploy.command.PublicOptions;
import parallax.deploy.command.Version;
import parallax.probe.LocalChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything in one process: a coordinator, a probe, the record, the page. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Watches the configured targets: coordinator, one probe, record and page in one process.",
      "Ends on Ctrl-C. Exit status 1 when the configuration has problems, 3 when it cannot run."
    })
public final class UpCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 8080;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NetOptions net = new NetOptions();
  @Mixin private NameOptions names = new NameOptions();
  @Mixin private HookOptions hook = new HookOptions();
  @Mixin private CommandsOptions commands = new CommandsOptions();
  @Mixin private PublicOptions publicly = new PublicOptions();

  @Option(
      names = "--config",
      paramLabel = "PATH|URL",
      description = {
        "A YAML file, a folder of *.yaml, or a git repository: URL[#[BRANCH][:FOLDER]][@COMMIT].",
        "Default: config/examples/quickstart."
      })
  private @Nullable String config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the record is kept. Default: ~/.local/state/parallax.")
  private @Nullable Path data;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where the page and the API are served. Default: 127.0.0.1:8080; port 0: any.")
  private String listen = "127.0.0.1:" + DEFAULT_PORT;

  @Option(names = "--name", paramLabel = "NAME", description = "The probe's name. Default: local.")
  private String name = "local";

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "The probe's region. Default: local.")
  private String region = "local";

  @Override
  public Integer call() throws InterruptedException {
    Path record = data == null ? Folders.data() : data;
    PrintWriter err = spec.commandLine().getErr();
    ConfigurationSource source = source(record);
    return switch (source.first()) {
      case ConfigurationSource.Start.Unusable(var problems) -> {
        problems.forEach(err::println);
        err.println("parallax: not started; mend the configuration at " + source);
        yield ExitCode.NO.status();
      }
      case ConfigurationSource.Start.Ready first -> {
        first.warnings().forEach(warning -> err.println("warning: " + warning));
        first.stale().ifPresent(why -> err.println("warning: an older configuration: " + why));
        run(source, first, record);
        yield ExitCode.FINE.status();
      }
    };
  }

  private ConfigurationSource source(Path record) {
    String written = config == null ? Folders.quickstart().toString() : config;
    try {
      return ConfigurationSources.of(written, record);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--config: " + e.getMessage(), e);
    }
  }

  private void run(ConfigurationSource source, ConfigurationSource.Start.Ready first, Path record)
      throws InterruptedException {
    Configuration configuration = first.configuration();
    Vantage vantage;
    try {
      vantage = new Vantage(new ProbeName(name), new Region(region), Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    warnOfUnwatched(configuration, vantage.region());
    UpNode.Settings settings =
        new UpNode.Settings(
            source,
            first,
            record,
            Listen.parse(spec, "--listen", listen),
            publicly.listen(),
            vantage,
            hook.secret(),
            commands.commands(),
            new LocalChecks.Settings(
                net.policy(),
                names.system(),
                names.registries(),
                names.lists(record),
                configuration.routing(),
                "Parallax/" + Version.NUMBER));
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (UpNode node = UpNode.start(settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(over, closed), "parallax-end"));
      greet(configuration, node);
      over.await();
    }
    closed.countDown();
  }

  /** Ctrl-C, SIGTERM: ends what runs, waits for it, and calls it a good end. */
  private static void end(CountDownLatch over, CountDownLatch closed) {
    over.countDown();
    try {
      closed.await(UpNode.GOODBYE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.FINE.status());
  }

  private void greet(Configuration configuration, UpNode node) {
    PrintWriter out = spec.commandLine().getOut();
    int count = configuration.targets().size();
    out.println("Parallax watches " + count + (count == 1 ? " target." : " targets."));
    out.println("Page: " + Listen.parse(spec, "--listen", listen).at(node.port()).url());
    node.publicPage().ifPresent(there -> out.println("Public status page: " + there.url()));
    out.println("Ctrl-C ends it.");
  }

  /** One probe stands in one region; what is to be watched from elsewhere only, nobody watches. */
  private void warnOfUnwatched(Configuration configuration, Region here) {
    List<Target> unwatched =
        configuration.targets().stream().filter(target -> !target.isWatchedFrom(here)).toList();
    unwatched.stream()
        .limit(10)
        .forEach(
            target ->
                spec.commandLine()
                    .getErr()
                    .println(
                        "warning: "
                            + target.name()
                            + " is to be watched from "
                            + target.from()
                            + " only; this probe is in "
                            + here
                            + " (--region) and leaves it alone"));
  }
}
