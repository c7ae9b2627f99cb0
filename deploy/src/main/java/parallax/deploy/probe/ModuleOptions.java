package parallax.deploy.probe;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import parallax.config.problem.Problem;
import parallax.probe.blackbox.serve.BlackboxPages;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Probes that Prometheus asks for; the options are those of its blackbox exporter, too. */
final class ModuleOptions {
  private static final int MAX_HISTORY = 10_000;
  private static final double MAX_OFFSET = 60;
  private static final int MAX_INTERVAL = 86_400;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"--modules", "--config.file"},
      paramLabel = "FILE",
      description = {
        "Modules of /probe, as a blackbox.yml has them. Without --coordinator: a prober for",
        "Prometheus alone. Default: http_2xx, tcp_connect, icmp and dns."
      })
  private @Nullable Path modules;

  @Option(
      names = "--config.check",
      description = "Reads the file of modules, says what is wrong with it, and ends.")
  private boolean check;

  @Option(
      names = "--config.enable-auto-reload",
      description = "Reads the file of modules again when it changes.")
  private boolean autoReload;

  @Option(
      names = "--config.auto-reload-interval",
      paramLabel = "SECONDS",
      description = "How often it is looked at then. Default: ${DEFAULT-VALUE}.")
  private int interval = 30;

  @Option(
      names = "--timeout-offset",
      paramLabel = "SECONDS",
      description = "Taken from the time that Prometheus allows. Default: ${DEFAULT-VALUE}.")
  private double offset = 0.5;

  @Option(
      names = "--history.limit",
      paramLabel = "N",
      description = "How many probes are remembered. Default: ${DEFAULT-VALUE}.")
  private int history = 100;

  @Option(
      names = "--log.prober",
      paramLabel = "LEVEL",
      description = {
        "How severe each line of a probe's own log is: debug, info, warn or error. It is logged",
        "where --log.level lets that through. Default: debug."
      })
  private Level told = Level.DEBUG;

  boolean isCheck() {
    return check;
  }

  /** Whether there is a file of modules. */
  boolean hasFile() {
    return modules != null;
  }

  Optional<Path> file() {
    return Optional.ofNullable(modules);
  }

  /** How often the file is looked at; empty: when somebody says so. */
  Optional<Duration> reloading() {
    if (interval < 1 || interval > MAX_INTERVAL) {
      throw wrong("--config.auto-reload-interval must be from 1 to " + MAX_INTERVAL);
    }
    return autoReload ? Optional.of(Duration.ofSeconds(interval)) : Optional.empty();
  }

  BlackboxPages.Settings pages() {
    if (offset < 0 || offset > MAX_OFFSET || Double.isNaN(offset)) {
      throw wrong("--timeout-offset must be from 0 to " + MAX_OFFSET + " seconds");
    }
    if (history < 0 || history > MAX_HISTORY) {
      throw wrong("--history.limit must be from 0 to " + MAX_HISTORY);
    }
    return new BlackboxPages.Settings(Duration.ofNanos((long) (offset * 1e9)), history, told);
  }

  /** Says what is wrong with the modules; whether that is nothing. */
  boolean fine(List<Problem> problems) {
    problems.forEach(problem -> spec.commandLine().getErr().println(problem));
    return problems.isEmpty();
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
