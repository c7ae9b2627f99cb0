package parallax.deploy.incident;

import java.util.concurrent.Callable;
import parallax.deploy.client.ApiClient;
import parallax.deploy.client.ApiOptions;
import parallax.deploy.client.Printed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows an incident and what happened in it. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows an incident and what happened in it. Exit status 1 when there is none.")
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(paramLabel = "ID", description = "Of the incident.")
  private String id = "";

  @Override
  public Integer call() {
    Printed printed = new Printed(spec.commandLine());
    try (ApiClient client = api.client()) {
      return printed.answer(
          client.get("/api/v1/incidents/" + ApiClient.part(id)), printed::incident);
    }
  }
}
