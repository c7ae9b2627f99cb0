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

/** Ends a silence. */
@Command(
    name = "end",
    mixinStandardHelpOptions = true,
    description = "Ends a silence before its time; it stays on record.")
final class SilenceEndCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(paramLabel = "ID", description = "Of the silence.")
  private String id = "";

  @Override
  public Integer call() {
    Printed printed = new Printed(spec.commandLine());
    try (ApiClient client = api.client()) {
      return printed.answer(
          client.delete("/api/v1/silences/" + ApiClient.part(id)), printed::silence);
    }
  }
}
