package parallax.deploy;

import parallax.deploy.bgp.BgpCommand;
import parallax.deploy.check.CheckCommand;
import parallax.deploy.command.Version;
import parallax.deploy.probe.ProbeCommand;
import parallax.deploy.registration.RegistrationCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of machines that only look: nothing that it reaches needs a coordinator. */
@Command(
    name = "parallax",
    description = "Looks at targets from here. The coordinators are elsewhere.",
    mixinStandardHelpOptions = true,
    version = "parallax " + Version.NUMBER + " (probe)",
    subcommands = {
      ProbeCommand.class,
      CheckCommand.class,
      RegistrationCommand.class,
      BgpCommand.class
    })
public final class ProbeMain implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli, which fills in the command. */
  ProbeMain() {}

  static void main(String[] arguments) {
    System.exit(Running.of(new ProbeMain()).execute(arguments));
  }

  /** All commands, to be described. */
  public static CommandLine commands() {
    return new CommandLine(new ProbeMain());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
