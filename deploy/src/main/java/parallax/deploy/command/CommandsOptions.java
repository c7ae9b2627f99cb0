package parallax.deploy.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;
import parallax.coordinator.runbook.local.CommandsFile;
import parallax.coordinator.runbook.local.LocalCommands;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which commands this machine allows runbooks to run. */
public final class CommandsOptions {
  private static final String NAME = "--commands";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description = {
        "The commands that runbooks may run on this machine, by name. Writable by its owner only;",
        "read at the start. Default: none. The same for all members."
      })
  private @Nullable Path file;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /**
   * Those that are allowed.
   *
   * @throws ParameterException when the file cannot be used; all that is wrong with it is said
   */
  public LocalCommands commands() {
    if (file == null) {
      return LocalCommands.NONE;
    }
    Problems problems = new Problems();
    LocalCommands commands = CommandsFile.read(file, problems);
    if (problems.hasErrors()) {
      String all = String.join("\n", problems.errors().stream().map(Problem::toString).toList());
      throw new ParameterException(spec.commandLine(), NAME + ": mend the file:\n" + all);
    }
    return commands;
  }
}
