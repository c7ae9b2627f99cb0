package parallax.deploy.carry;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import parallax.config.problem.Problems;
import parallax.deploy.carry.draft.Draft;
import parallax.deploy.carry.kuma.KumaImport;
import parallax.probe.blackbox.read.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** From Uptime Kuma. */
@Command(
    name = "uptime-kuma",
    mixinStandardHelpOptions = true,
    description =
        "From a backup of Uptime Kuma 1 (JSON), or a saved list of monitors of any version.")
final class KumaCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CarryOptions options = new CarryOptions();

  @Override
  public Integer call() {
    Problems problems = new Problems();
    Optional<Node> file = options.read(problems);
    if (file.isEmpty() || problems.hasErrors()) {
      return options.refused(spec, problems);
    }
    Draft draft = new Draft(options.file(), "KUMA");
    KumaImport.read(file.get(), draft);
    return options.write(spec, draft, List.of("Uptime Kuma"));
  }
}
