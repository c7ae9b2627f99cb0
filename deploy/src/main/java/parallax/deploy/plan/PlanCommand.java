package parallax.deploy.plan;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import parallax.config.problem.Problem;
import parallax.coordinator.configuration.change.Admission;
import parallax.coordinator.configuration.change.Approvals;
import parallax.coordinator.configuration.change.Change;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a change of the configuration would do, and starts nothing. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Compares two configurations: what would be watched, looked at and told otherwise, and"
          + " whether the guard would let it pass.",
      "Each is a file, a folder, or in git: REMOTE[#[BRANCH][:FOLDER]][@COMMIT], or PATH@COMMIT.",
      "Exit status 0 when it would be applied, 1 when it is invalid or held back, 3 when one of"
          + " them cannot be had."
    })
public final class PlanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "OLD", description = "What is in force.")
  private String before = "";

  @Parameters(index = "1", paramLabel = "NEW", description = "What is to come.")
  private String after = "";

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path mirrors = Files.createTempDirectory("parallax-plan");
    try {
      return compare(Side.of(before, mirrors), Side.of(after, mirrors)).status();
    } finally {
      remove(mirrors);
    }
  }

  private ExitCode compare(Side old, Side now) {
    Optional<ExitCode> unfit = unfit(old).or(() -> unfit(now));
    if (unfit.isPresent()
        || !(old instanceof Side.Sound sound)
        || !(now instanceof Side.Sound next)) {
      return unfit.orElse(ExitCode.COULD_NOT_RUN);
    }
    PrintWriter err = spec.commandLine().getErr();
    next.warnings().forEach(warning -> err.println("warning: " + warning));
    Admission admission =
        Admission.judge(
            Optional.of(sound.configuration()), Side.candidate(sound, next), Approvals.NONE);
    Change change = Change.between(sound.configuration(), next.configuration());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PlanText.json(change, admission).encode());
    } else {
      PlanText.print(out, change, admission);
    }
    return admission instanceof Admission.Admitted ? ExitCode.FINE : ExitCode.NO;
  }

  private Optional<ExitCode> unfit(Side side) {
    PrintWriter err = spec.commandLine().getErr();
    return switch (side) {
      case Side.Sound _ -> Optional.empty();
      case Side.NotHad(String why) -> {
        err.println("parallax: " + why);
        yield Optional.of(ExitCode.COULD_NOT_RUN);
      }
      case Side.Wrong(List<Problem> problems) -> {
        if (json) {
          JsonArray all = new JsonArray();
          problems.forEach(problem -> all.add(problem.toString()));
          JsonObject refused = new JsonObject().put("applied", false).put("problems", all);
          spec.commandLine().getOut().println(refused.encode());
        } else {
          problems.forEach(problem -> spec.commandLine().getOut().println(problem));
        }
        err.println("parallax: not a valid configuration, problems: " + problems.size());
        yield Optional.of(ExitCode.NO);
      }
    };
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path file : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
