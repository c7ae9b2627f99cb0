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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the runbooks of an incident, and runs what they say. */
@Command(
    name = "runbook",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the runbooks that are for an incident and what ran for it, or runs one of their",
      "actions. What comes of it is told by the incident, and by this command without a name.",
      "Exit status 1 when it is refused."
    })
final class RunbookCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(index = "0", paramLabel = "ID", description = "Of the incident.")
  private String id = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "Of the runbook.")
  private @Nullable String name;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "ACTION",
      description = "Of the runbook; may be left out where there is one only.")
  private @Nullable String action;

  @Option(names = "--dry-run", description = "Tells what would be done, and does nothing.")
  private boolean dryRun;

  @Option(names = "--who", paramLabel = "NAME", description = "Who runs it.")
  private @Nullable String who;

  @Override
  public Integer call() {
    RunbookText text = new RunbookText(new Printed(spec.commandLine()));
    String path = "/api/v1/incidents/" + ApiClient.part(id) + "/runbooks";
    if (name == null && dryRun) {
      throw new ParameterException(spec.commandLine(), "--dry-run of which runbook?");
    }
    try (ApiClient client = api.client()) {
      return name == null
          ? text.printed().answer(client.get(path), text::all)
          : text.printed()
              .answer(client.post(path + "/" + ApiClient.part(name), body()), text::asked);
    }
  }

  private JsonObject body() {
    JsonObject body = new JsonObject();
    if (dryRun) {
      body.put("dry_run", true);
    }
    if (action != null) {
      body.put("action", action);
    }
    if (who != null) {
      body.put("who", who);
    }
    return body;
  }
}
