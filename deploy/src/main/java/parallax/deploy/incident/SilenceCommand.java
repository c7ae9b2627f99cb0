package parallax.deploy.incident;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Has nobody told of some targets for a time. */
@Command(
    name = "silence",
    mixinStandardHelpOptions = true,
    description = "Has nobody told of some targets for a time. All else goes on.",
    subcommands = {SilenceAddCommand.class, SilenceListCommand.class, SilenceEndCommand.class})
public final class SilenceCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which of its commands?");
  }
}
