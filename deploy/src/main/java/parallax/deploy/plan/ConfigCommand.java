package parallax.deploy.plan;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import parallax.coordinator.configuration.StoreApprovals;
import parallax.coordinator.configuration.change.Approvals;
import parallax.coordinator.store.WholeRecord;
import parallax.deploy.command.ExitCode;
import parallax.deploy.command.RecordOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What people say to a configuration that is held back. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Decides on a configuration that is held back.",
    subcommands = ConfigCommand.Approve.class)
public final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which of its commands?");
  }

  /** Approves one by name. */
  @Command(
      name = "approve",
      mixinStandardHelpOptions = true,
      description = {
        "Lets exactly this commit, or these files, come into force although they are held back.",
        "Good for 7 days, for all coordinators that share the record; a row of the audit log."
      })
  static final class Approve implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private RecordOptions record = new RecordOptions();

    @Parameters(
        paramLabel = "COMMIT",
        description = "The commit, or the revision of files, in full, as the message names it.")
    private String name = "";

    @Option(names = "--by", paramLabel = "NAME", description = "Who approves. Default: the user.")
    private String by = System.getProperty("user.name", "unknown");

    @Override
    public Integer call() {
      if (!Approvals.isName(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "write the commit in full, 40 hexadecimal digits (16 for a revision of files): "
                + name);
      }
      Instant now = InstantSource.system().instant();
      try (WholeRecord whole = record.toRead()) {
        whole.audit(StoreApprovals.entry(by, name), now);
      }
      spec.commandLine()
          .getOut()
          .println(name + " is approved by " + by + " until " + now.plus(Approvals.VALID));
      return ExitCode.FINE.status();
    }
  }
}
