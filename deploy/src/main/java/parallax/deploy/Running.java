package parallax.deploy;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine;

/** How command lines are run: where they write, and what becomes of what they throw. */
final class Running {
  private Running() {}

  /** A command line that writes to this process's own streams, in UTF-8. */
  static CommandLine of(Launcher launcher, List<String> arguments) {
    return of(
        launcher,
        arguments,
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  static CommandLine of(
      Launcher launcher, List<String> arguments, PrintWriter out, PrintWriter err) {
    return launcher
        .forLine(arguments)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Running::couldNotRun);
  }

  private static int couldNotRun(
      Exception problem, CommandLine commandLine, CommandLine.ParseResult parsed) {
    commandLine.getErr().println("parallax: " + words(problem));
    return ExitCode.COULD_NOT_RUN.status();
  }

  private static String words(Throwable problem) {
    String own = problem.getMessage() == null ? problem.toString() : problem.getMessage();
    Throwable cause = problem.getCause();
    return cause == null || cause.getMessage() == null || own.contains(cause.getMessage())
        ? own
        : own + ": " + cause.getMessage();
  }
}
