package parallax.deploy.validate;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import parallax.config.ConfigurationLoader;
import parallax.config.Loaded;
import parallax.config.problem.Problem;
import parallax.config.secret.SecretSource;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks configuration without starting anything. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks configuration: each problem as file:line:column: message, all of them in one run.",
      "Secrets that are not set on this machine are warnings. Exit status 1 when there are"
          + " problems."
    })
public final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PATH", description = "A YAML file, or a folder of *.yaml.")
  private Path path = Path.of(".");

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return switch (ConfigurationLoader.load(path, SecretSource.unresolved())) {
      case Loaded.Valid(var configuration, var warnings) -> {
        warnings.forEach(warning -> err.println("warning: " + warning));
        int targets = configuration.targets().size();
        if (json) {
          JsonObject summary = new JsonObject().put("valid", true).put("targets", targets);
          out.println(summary.put("revision", configuration.revision()).encode());
        } else {
          out.println(path + ": fine, " + targets + (targets == 1 ? " target" : " targets"));
        }
        yield ExitCode.FINE.status();
      }
      case Loaded.Invalid(List<Problem> problems) -> {
        problems.forEach(problem -> out.println(json ? encoded(problem) : problem.toString()));
        err.println(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
        yield ExitCode.NO.status();
      }
    };
  }

  private static String encoded(Problem problem) {
    return new JsonObject()
        .put("file", problem.file().toString())
        .put("line", problem.line())
        .put("column", problem.column())
        .put("message", problem.message())
        .encode();
  }
}
