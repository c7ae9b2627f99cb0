package parallax.deploy.incident;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.deploy.client.ApiClient;
import parallax.deploy.client.ApiOptions;
import parallax.deploy.client.Printed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes something down about an incident. */
@Command(
    name = "note",
    mixinStandardHelpOptions = true,
    description = "Writes something down about an incident, for good.")
final class NoteCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "Of the incident.")
  private String id = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "TEXT", description = "What to write.")
  private List<String> text = List.of();

  @Option(names = "--who", paramLabel = "NAME", description = "Who writes it.")
  private @Nullable String who;

  @Override
  public Integer call() {
    Printed printed = new Printed(spec.commandLine());
    JsonObject body = new JsonObject().put("text", String.join(" ", text));
    if (who != null) {
      body.put("who", who);
    }
    try (ApiClient client = api.client()) {
      String path = "/api/v1/incidents/" + ApiClient.part(id) + "/notes";
      return printed.answer(client.post(path, body), printed::entry);
    }
  }
}
