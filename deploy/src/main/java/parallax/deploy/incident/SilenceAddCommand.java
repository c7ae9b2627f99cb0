package parallax.deploy.incident;

import io.vertx.core.json.JsonArray;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a silence. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Has nobody told of some targets for a time:",
      "  parallax silence add --match team=shop --match 'env=~prod|staging' --for 2h --reason move",
      "A label that is given several times may have any of the values; 'target' is the name."
    })
final class SilenceAddCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Option(
      names = "--match",
      required = true,
      paramLabel = "LABEL=VALUE",
      description = "Labels a target must carry; ~ before the value: a regular expression (RE2).")
  private List<String> match = List.of();

  @Option(names = "--for", paramLabel = "TIME", description = "How long, as 30m, 2h or 3d.")
  private @Nullable String duration;

  @Option(names = "--from", paramLabel = "INSTANT", description = "Default: now.")
  private @Nullable String from;

  @Option(
      names = "--until",
      paramLabel = "INSTANT",
      description = "Instead of --for, as 2026-12-01T05:30:00Z; at most 30 days.")
  private @Nullable String until;

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  private String reason = "";

  @Option(names = "--who", paramLabel = "NAME", description = "Who asks for it.")
  private @Nullable String who;

  @Override
  public Integer call() {
    Printed printed = new Printed(spec.commandLine());
    JsonObject body = new JsonObject().put("match", matchers()).put("reason", reason);
    put(body, "duration", duration);
    put(body, "from", from);
    put(body, "until", until);
    put(body, "who", who);
    try (ApiClient client = api.client()) {
      return printed.answer(client.post("/api/v1/silences", body), printed::silence);
    }
  }

  private static void put(JsonObject body, String field, @Nullable String value) {
    if (value != null) {
      body.put(field, value);
    }
  }

  private JsonObject matchers() {
    JsonObject all = new JsonObject();
    for (String each : match) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new ParameterException(
            spec.commandLine(), "--match takes LABEL=VALUE; found " + each);
      }
      String label = each.substring(0, equals);
      String value = each.substring(equals + 1);
      if (!all.containsKey(label)) {
        all.put(label, value);
      } else if (all.getValue(label) instanceof JsonArray values) {
        values.add(value);
      } else {
        all.put(label, new JsonArray().add(all.getValue(label)).add(value));
      }
    }
    return all;
  }
}
