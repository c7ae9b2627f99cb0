package parallax.deploy.token;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tokens of probes: who has one may speak for that probe, and for no other. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Tokens by which probes prove who they are; also while Parallax runs.",
    subcommands = {CreateCommand.class, ListCommand.class, RevokeCommand.class})
public final class TokenCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which of its commands?");
  }
}
