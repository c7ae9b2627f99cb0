package parallax.deploy.carry;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import parallax.config.problem.Problems;
import parallax.deploy.carry.blackbox.BlackboxImport;
import parallax.deploy.carry.draft.Draft;
import parallax.probe.blackbox.read.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** From the blackbox exporter of Prometheus. */
@Command(
    name = "blackbox",
    mixinStandardHelpOptions = true,
    description = {
      "From a blackbox.yml, and the targets that a prometheus.yml has probed by its modules.",
      "Without --prometheus each module becomes a target whose address only stands in for one."
    })
final class BlackboxCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CarryOptions options = new CarryOptions();

  @Option(
      names = "--prometheus",
      paramLabel = "FILE",
      description = "A prometheus.yml: its jobs whose metrics_path is /probe have the targets.")
  private Optional<Path> prometheus = Optional.empty();

  @Override
  public Integer call() {
    Problems problems = new Problems();
    Optional<Node> modules = options.read(problems);
    Optional<Node> jobs = prometheus.flatMap(file -> CarryOptions.read(file, problems));
    if (modules.isEmpty() || problems.hasErrors()) {
      return options.refused(spec, problems);
    }
    Draft draft = new Draft(options.file(), "BLACKBOX");
    BlackboxImport.read(modules.get(), jobs, draft);
    return options.write(spec, draft, List.of("the blackbox exporter"));
  }
}
