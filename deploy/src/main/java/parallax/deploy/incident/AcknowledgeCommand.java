package parallax.deploy.incident;

import io.vertx.core.json.JsonObject;
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

/** Says that somebody takes care of an incident. */
@Command(
    name = "ack",
    mixinStandardHelpOptions = true,
    description = {
      "Says that somebody takes care of an open incident. It holds until it is re-opened.",
      "Exit status 1 when the incident is over."
    })
final class AcknowledgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(paramLabel = "ID", description = "Of the incident.")
  private String id = "";

  @Option(names = "--who", paramLabel = "NAME", description = "Who takes care of it.")
  private @Nullable String who;

  @Option(names = "--note", paramLabel = "TEXT", description = "What they say to it.")
  private @Nullable String note;

  @Override
  public Integer call() {
    Printed printed = new Printed(spec.commandLine());
    JsonObject body = new JsonObject();
    if (who != null) {
      body.put("who", who);
    }
    if (note != null) {
      body.put("note", note);
    }
    try (ApiClient client = api.client()) {
      String path = "/api/v1/incidents/" + ApiClient.part(id) + "/acknowledge";
      return printed.answer(client.post(path, body), printed::entry);
    }
  }
}
