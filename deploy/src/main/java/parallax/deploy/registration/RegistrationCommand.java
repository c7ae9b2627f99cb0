package parallax.deploy.registration;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who holds a domain: the commands about registrations. */
@Command(
    name = "registration",
    mixinStandardHelpOptions = true,
    description = "Reads what registries say of domains.",
    subcommands = ParseCommand.class)
public final class RegistrationCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
