package parallax.deploy;

import java.io.PrintWriter;
import java.util.List;
import parallax.deploy.Launcher.Named;
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
    version = "parallax " + Version.NUMBER)
public final class ParallaxMain implements Runnable {
  static final Launcher LAUNCHER =
      new Launcher(
          ParallaxMain::new,
          List.of(
              new Named("up", UpCommand.class),
              new Named("demo", DemoCommand.class),
              new Named("probe", ProbeCommand.class),
              new Named("validate", ValidateCommand.class),
              new Named("check", CheckCommand.class),
              new Named("audit", AuditCommand.class),
              new Named("replay", ReplayCommand.class),
              new Named("drill", DrillCommand.class),
              new Named("registration", RegistrationCommand.class),
              new Named("bgp", BgpCommand.class),
              new Named("backup", BackupCommand.class),
              new Named("restore", RestoreCommand.class),
              new Named("audit-log", AuditLogCommand.class),
              new Named("token", TokenCommand.class),
              new Named("coordinator", CoordinatorCommand.class),
              new Named("plan", PlanCommand.class),
              new Named("config", ConfigCommand.class),
              new Named("notify", NotifyCommand.class),
              new Named("incident", IncidentCommand.class),
              new Named("silence", SilenceCommand.class),
              new Named("status", StatusCommand.class),
              new Named("import", ImportCommand.class),
              new Named("report", ReportCommand.class)));

  @Spec private CommandSpec spec;

  /** For picocli, which fills in the command. */
  ParallaxMain() {
    this.spec = CommandSpec.create();
  }

  static void main(String[] arguments) {
    System.exit(Running.of(LAUNCHER, List.of(arguments)).execute(arguments));
  }

  /** Runs one command and returns its exit status. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return Running.of(LAUNCHER, List.of(arguments), out, err).execute(arguments);
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
