package parallax.deploy;

import java.util.List;
import parallax.deploy.Launcher.Named;
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
    version = "parallax " + Version.NUMBER + " (probe)")
public final class ProbeMain implements Runnable {
  static final Launcher LAUNCHER =
      new Launcher(
          ProbeMain::new,
          List.of(
              new Named("probe", ProbeCommand.class),
              new Named("check", CheckCommand.class),
              new Named("registration", RegistrationCommand.class),
              new Named("bgp", BgpCommand.class)));

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli, which fills in the command. */
  ProbeMain() {}

  static void main(String[] arguments) {
    System.exit(Running.of(LAUNCHER, List.of(arguments)).execute(arguments));
  }

  /** All commands, to be described. */
  public static CommandLine commands() {
    return LAUNCHER.whole();
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
