package parallax.deploy;

import java.io.PrintWriter;
import parallax.deploy.audit.AuditCommand;
import parallax.deploy.backup.AuditLogCommand;
import parallax.deploy.backup.BackupCommand;
import parallax.deploy.backup.RestoreCommand;
import parallax.deploy.bgp.BgpCommand;
import parallax.deploy.carry.ImportCommand;
import parallax.deploy.check.CheckCommand;
import parallax.deploy.command.Version;
import parallax.deploy.coordinator.CoordinatorCommand;
import parallax.deploy.demo.DemoCommand;
import parallax.deploy.drill.DrillCommand;
import parallax.deploy.incident.IncidentCommand;
import parallax.deploy.incident.SilenceCommand;
import parallax.deploy.notify.NotifyCommand;
import parallax.deploy.plan.ConfigCommand;
import parallax.deploy.plan.PlanCommand;
import parallax.deploy.probe.ProbeCommand;
import parallax.deploy.registration.RegistrationCommand;
import parallax.deploy.replay.ReplayCommand;
import parallax.deploy.report.ReportCommand;
import parallax.deploy.status.StatusCommand;
import parallax.deploy.token.TokenCommand;
import parallax.deploy.up.UpCommand;
import parallax.deploy.validate.ValidateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: one launcher, one class for each command. */
@Command(
    name = "parallax",
    description = "Tells whether the trouble is there, on the way, or here, and what broke first.",
    mixinStandardHelpOptions = true,
    version = "parallax " + Version.NUMBER,
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      ProbeCommand.class,
      ValidateCommand.class,
      CheckCommand.class,
      AuditCommand.class,
      ReplayCommand.class,
      DrillCommand.class,
      RegistrationCommand.class,
      BgpCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      AuditLogCommand.class,
      TokenCommand.class,
      CoordinatorCommand.class,
      PlanCommand.class,
      ConfigCommand.class,
      NotifyCommand.class,
      IncidentCommand.class,
      SilenceCommand.class,
      StatusCommand.class,
      ImportCommand.class,
      ReportCommand.class
    })
public final class ParallaxMain implements Runnable {
  @Spec private CommandSpec spec;

  /** For picocli, which fills in the command. */
  ParallaxMain() {
    this.spec = CommandSpec.create();
  }

  static void main(String[] arguments) {
    System.exit(Running.of(new ParallaxMain()).execute(arguments));
  }

  /** Runs one command and returns its exit status. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return Running.of(new ParallaxMain(), out, err).execute(arguments);
  }

  /** All commands, to be described. */
  public static CommandLine commands() {
    return new CommandLine(new ParallaxMain());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
