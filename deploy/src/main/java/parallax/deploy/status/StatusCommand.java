package parallax.deploy.status;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The public status page. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "The public status page.",
    subcommands = ExportCommand.class)
public final class StatusCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which of its commands?");
  }
}
