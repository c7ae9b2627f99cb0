package parallax.deploy.audit;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.config.Configuration;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.routes.RouteWatching;
import parallax.config.secret.SecretSource;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.Folders;
import parallax.deploy.command.NameOptions;
import parallax.deploy.command.NetOptions;
import parallax.deploy.command.Version;
import parallax.deploy.terminal.Style;
import parallax.probe.LocalChecks;
import parallax.probe.audit.facts.World;
import parallax.probe.audit.gather.AuditSettings;
import parallax.probe.audit.gather.Gatherer;
import parallax.probe.audit.gather.NameLookups;
import parallax.probe.audit.gather.RegistryRecords;
import parallax.probe.audit.judge.AuditJudge;
import parallax.probe.audit.origin.CymruOrigins;
import parallax.probe.audit.origin.Origins;
import parallax.probe.audit.origin.Routes;
import parallax.probe.check.Deadline;
import parallax.probe.registration.suffix.PublicSuffixes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks once at everything that the targets of a configuration stand on. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = {
      "Finds what targets share before it hurts: name servers in one network, a status page on the"
          + " fate of what it speaks about, what ends and when.",
      "Exit status 0 when there is nothing as bad as --fail-on, 1 when there is, or when the"
          + " configuration is invalid, 3 when nothing could be seen."
    })
public final class AuditCommand implements Callable<Integer> {
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final InstantSource CLOCK = InstantSource.system();

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private NetOptions net = new NetOptions();
  @Mixin private NameOptions names = new NameOptions();
  @Mixin private AuditOptions options = new AuditOptions();

  @Parameters(paramLabel = "PATH", description = "A YAML file, or a folder of *.yaml.")
  private Path path = Path.of(".");

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    return switch (ConfigurationLoader.load(path, SecretSource.unresolved())) {
      case Loaded.Invalid(var problems) -> {
        problems.forEach(err::println);
        err.println("parallax: not audited; mend the configuration at " + path);
        yield ExitCode.NO.status();
      }
      case Loaded.Valid(var configuration, var warnings) -> {
        warnings.forEach(warning -> err.println("warning: " + warning));
        AuditReport report = audit(configuration, err);
        show(report);
        yield report.exitCode(options.failOn()).status();
      }
    };
  }

  private AuditReport audit(Configuration configuration, PrintWriter err) throws Exception {
    AuditSettings settings = options.settings();
    Optional<Routes> routes = options.routes(err);
    Vertx vertx = Vertx.vertx();
    try {
      LocalChecks local =
          LocalChecks.of(
              vertx,
              CLOCK,
              System::nanoTime,
              new LocalChecks.Settings(
                  net.policy(),
                  names.system(),
                  names.registries(),
                  names.lists(Folders.data()),
                  RouteWatching.NONE,
                  "Parallax/" + Version.NUMBER));
      Origins origins =
          routes
              .<Origins>map(known -> known)
              .orElseGet(
                  () ->
                      names.isLaboratory()
                          ? Origins.unknown("nobody knows the routes of a laboratory")
                          : new CymruOrigins(new NameLookups(local.checks(), settings)));
      Gatherer.Means means =
          new Gatherer.Means(
              local.checks(),
              local.zones(),
              new RegistryRecords(local.registrations()),
              origins,
              new KnownProviders(configuration.providers()),
              PublicSuffixes.shipped(),
              CLOCK);
      World world =
          Gatherer.gather(
              configuration,
              settings,
              means,
              Deadline.startingNow(System::nanoTime, settings.whole()));
      return new AuditReport(world, AuditJudge.judge(world, CLOCK.instant()), CLOCK.instant());
    } finally {
      vertx.close().await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  // The console is null again, without a terminal, since JDK 25.
  @SuppressWarnings("SystemConsoleNull")
  private void show(AuditReport report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      report.json().stream().map(JsonObject::encode).forEach(out::println);
    } else {
      @Nullable Console console = System.console();
      boolean terminal = console != null && console.isTerminal();
      report.lines(Style.forTerminal(terminal, System.getenv())).forEach(out::println);
    }
  }
}
