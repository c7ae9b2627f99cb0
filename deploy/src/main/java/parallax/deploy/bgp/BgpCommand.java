package parallax.deploy.bgp;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who carries which prefix: the commands about routes. */
@Command(
    name = "bgp",
    mixinStandardHelpOptions = true,
    description = "Reads what routers and collectors say of routes.",
    subcommands = {ReadCommand.class, WatchCommand.class})
public final class BgpCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
