package parallax.deploy.carry;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes our YAML from the configuration of another monitor. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Writes our YAML from the configuration of another monitor.",
    subcommands = {BlackboxCommand.class, GatusCommand.class, KumaCommand.class})
public final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "from what? blackbox, gatus or uptime-kuma");
  }
}
