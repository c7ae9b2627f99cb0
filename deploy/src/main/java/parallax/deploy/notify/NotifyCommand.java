package parallax.deploy.notify;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** About those who are told. */
@Command(
    name = "notify",
    mixinStandardHelpOptions = true,
    description = "Tries those who are told.",
    subcommands = TestCommand.class)
public final class NotifyCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which of its commands?");
  }
}
