package parallax.deploy.coordinator;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.config.secret.Secret;
import parallax.coordinator.cluster.grid.MemberSettings;
import parallax.coordinator.configuration.ConfigurationSource;
import parallax.coordinator.configuration.ConfigurationSources;
import parallax.coordinator.identity.CredentialTable;
import parallax.coordinator.runbook.local.LocalCommands;
import parallax.coordinator.uplink.UplinkSettings;
import parallax.deploy.command.CommandsOptions;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.Folders;
import parallax.deploy.command.HaltAt;
import parallax.deploy.command.HookOptions;
import parallax.deploy.command.Listen;
import parallax.deploy.command.PublicOptions;
import parallax.deploy.command.RecordOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A coordinator for probes elsewhere. */
@Command(
    name = "coordinator",
    mixinStandardHelpOptions = true,
    description = {
      "Takes in what probes elsewhere see, decides, tells people and serves the page.",
      "One is enough; three or five of them share the work when one of them dies.",
      "Ends on Ctrl-C. Exit status 1 when the configuration has problems, 3 when it cannot run."
    })
public final class CoordinatorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private RecordOptions record = new RecordOptions();
  @Mixin private UplinkOptions uplink = new UplinkOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private HookOptions hook = new HookOptions();
  @Mixin private CommandsOptions commands = new CommandsOptions();
  @Mixin private PublicOptions publicly = new PublicOptions();

  @Option(
      names = "--config",
      required = true,
      paramLabel = "PATH|URL",
      description = "A YAML file, a folder of *.yaml, or a git repository.")
  private String config = "";

  @Option(
      names = "--config-signers",
      paramLabel = "FILE",
      description = "Takes commits only that one of these signed: allowed_signers, as git has it.")
  private @Nullable Path signers;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where the page and the API are served. Default: 127.0.0.1:8080; port 0: any.")
  private String listen = "127.0.0.1:8080";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = {
        "Where a copy of a configuration in git is kept, for this coordinator alone.",
        "Default: ~/.local/state/parallax/coordinator."
      })
  private @Nullable Path state;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Of this coordinator, for people. Default: made of --member, or 'coordinator'.")
  private @Nullable String name;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Listen page = Listen.parse(spec, "--listen", listen);
    boolean isMember = cluster.isMember();
    if (isMember && !record.isDatabase()) {
      throw new ParameterException(
          spec.commandLine(), "members of a cluster share one record: name its --database-file");
    }
    String own = name == null ? cluster.defaultName() : name;
    Optional<Function<URI, MemberSettings>> member =
        isMember ? Optional.of(http -> cluster.settings(own, http)) : Optional.empty();
    if (isMember) {
      // What is wrong on the command line is said before anything is opened.
      MemberSettings _ = cluster.settings(own, URI.create(page.url()));
    }
    UplinkSettings probes = uplink.settings();
    Optional<Secret> hookSecret = hook.secret();
    LocalCommands allowed = commands.commands();
    Optional<Listen> publicPage = publicly.listen();
    ConfigurationSource source = source();
    return switch (source.first()) {
      case ConfigurationSource.Start.Unusable(var problems) -> {
        problems.forEach(err::println);
        err.println("parallax: not started; mend the configuration at " + source);
        yield ExitCode.NO.status();
      }
      case ConfigurationSource.Start.Ready first -> {
        first.warnings().forEach(warning -> err.println("warning: " + warning));
        first.stale().ifPresent(why -> err.println("warning: an older configuration: " + why));
        run(
            new HubNode.Settings(
                own,
                source,
                first,
                record.open(),
                new CredentialTable(record.shared()),
                page,
                publicPage,
                probes,
                member,
                hookSecret,
                allowed,
                HaltAt.ofProperties()));
        yield ExitCode.FINE.status();
      }
    };
  }

  private ConfigurationSource source() {
    try {
      return ConfigurationSources.of(config, state(), Optional.ofNullable(signers));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--config: " + e.getMessage(), e);
    }
  }

  private Path state() {
    return state == null ? Folders.data().resolve("coordinator") : state;
  }

  private void run(HubNode.Settings settings) throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (HubNode process = HubNode.start(settings)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(over, closed), "parallax-end"));
      PrintWriter out = spec.commandLine().getOut();
      int count = settings.first().configuration().targets().size();
      out.println("Parallax coordinator: " + count + (count == 1 ? " target." : " targets."));
      out.println("Page: " + process.page().url());
      process.publicPage().ifPresent(there -> out.println("Public status page: " + there.url()));
      out.println("Probes: port " + process.uplinkPort() + " of " + settings.uplink().host());
      out.println("Ctrl-C ends it.");
      over.await();
    }
    closed.countDown();
  }

  /** Ctrl-C, SIGTERM: ends what runs, waits for it, and calls it a good end. */
  private static void end(CountDownLatch over, CountDownLatch closed) {
    over.countDown();
    try {
      closed.await(HubNode.GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.FINE.status());
  }
}
