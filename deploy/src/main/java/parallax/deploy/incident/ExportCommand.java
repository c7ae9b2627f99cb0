package parallax.deploy.incident;

import java.util.concurrent.Callable;
import parallax.deploy.client.ApiClient;
import parallax.deploy.client.ApiOptions;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the first draft of what people write about an incident. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the first draft of a post-mortem: what, for how long, for whom, why, who was told",
      "when, what happened in which order."
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(paramLabel = "ID", description = "Of the incident.")
  private String id = "";

  @Option(names = "--json", description = "As JSON. Default: Markdown.")
  private boolean json;

  @Override
  public Integer call() {
    try (ApiClient client = api.client()) {
      String path = "/api/v1/incidents/" + ApiClient.part(id) + "/export?format=";
      ApiClient.Answer answer = client.get(path + (json ? "json" : "md"));
      if (!answer.isFine()) {
        spec.commandLine().getErr().println("parallax: " + answer.problem());
        return ExitCode.NO.status();
      }
      spec.commandLine().getOut().print(answer.body());
      spec.commandLine().getOut().flush();
      return ExitCode.FINE.status();
    }
  }
}
