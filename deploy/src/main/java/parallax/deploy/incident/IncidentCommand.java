package parallax.deploy.incident;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What people read of an incident and do about it. */
@Command(
    name = "incident",
    mixinStandardHelpOptions = true,
    description = "Shows an incident, and writes down what people do about it.",
    subcommands = {
      ShowCommand.class,
      NoteCommand.class,
      AcknowledgeCommand.class,
      RunbookCommand.class,
      ExportCommand.class
    })
public final class IncidentCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which of its commands?");
  }
}
