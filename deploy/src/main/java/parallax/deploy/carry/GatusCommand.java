package parallax.deploy.carry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import parallax.config.problem.Problems;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.gatus.GatusImport;
import parallax.probe.blackbox.read.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** From Gatus. */
@Command(
    name = "gatus",
    mixinStandardHelpOptions = true,
    description =
        "From a config.yaml of Gatus: endpoints, those that report by themselves, and its alerts.")
final class GatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CarryOptions options = new CarryOptions();

  @Override
  public Integer call() {
    Problems problems = new Problems();
    Optional<Node> file = options.read(problems);
    if (file.isEmpty() || problems.hasErrors()) {
      return options.refused(spec, problems);
    }
    Draft draft = new Draft(options.file(), "GATUS");
    GatusImport.read(file.get(), draft);
    return options.write(spec, draft, List.of("Gatus"));
  }
}
