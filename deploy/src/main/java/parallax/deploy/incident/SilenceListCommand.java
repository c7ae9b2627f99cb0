package parallax.deploy.incident;

import java.util.concurrent.Callable;
import parallax.deploy.client.ApiClient;
import parallax.deploy.client.ApiOptions;
import parallax.deploy.client.Printed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists silences. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the silences that are not over.")
final class SilenceListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Override
  public Integer call() {
    Printed printed = new Printed(spec.commandLine());
    try (ApiClient client = api.client()) {
      return printed.answer(
          client.get("/api/v1/silences"),
          page -> Printed.objects(page, "items").forEach(printed::silence));
    }
  }
}
