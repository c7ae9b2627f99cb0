package parallax.deploy.drill;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import parallax.coordinator.drill.stage.Fault;
import parallax.coordinator.replay.ScenarioFiles;
import parallax.deploy.client.ApiClient;
import parallax.deploy.client.ApiOptions;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Injects faults into what a running coordinator decides by, beside what it does in earnest. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    description = {
      "Finds out who would be told what and when, on a running system: of a scenario, or of faults"
          + " laid over what is watched. Verdicts, uptime and history stay as they are; nobody is"
          + " sent anything without --send, and then it is marked as a drill.",
      "  parallax drill facebook-2021-10-04.yaml --label tier=critical",
      "  parallax drill --fault region=tokyo --fault target=shop,see=http:503,share=30%%",
      "  parallax drill --fault target=shop --send --pace 1",
      "Exit status 1 when it is refused, ends early, or a letter does not arrive."
    })
public final class DrillCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/drill";

  /** How often to ask how far it is. */
  private static final long POLL_MS = 500;

  private static final int NOT_FOUND = 404;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "SCENARIO",
      description = "A file, as for 'replay', with or without .yaml.")
  private @Nullable Path scenario;

  @Option(
      names = "--fault",
      paramLabel = "FAULT",
      description = {
        "Whom it hits and what they see, such as region=tokyo or target=shop,see=http:503.",
        "Keys: region, probe, network, target, label; see, share, after, for. May be repeated."
      })
  private List<String> faults = new ArrayList<>();

  @Option(names = "--for", paramLabel = "TIME", description = "How long faults last. Default: 10m.")
  private @Nullable String length;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "A label of those targets of the scenario that are not configured.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description = "As if it began then, such as 2026-12-05T03:00:00Z. Default: now.")
  private @Nullable String begin;

  @Option(
      names = "--pace",
      paramLabel = "N",
      description = "N times as fast as real time, 1 to 1000. Default: as fast as can be.")
  private @Nullable Integer pace;

  @Option(names = "--send", description = "Send the letters to the real receivers, marked.")
  private boolean send;

  @Option(names = "--who", paramLabel = "NAME", description = "Who asks for it.")
  private @Nullable String who;

  @Option(names = "--stop", description = "Stop the one that goes on.")
  private boolean stop;

  @Option(names = "--show", description = "Show the one that goes on, or the last one.")
  private boolean show;

  @Option(names = "--json", description = "One JSON object a line, the drill in the last one.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean begins = scenario != null || !faults.isEmpty();
    if ((begins ? 1 : 0) + (stop ? 1 : 0) + (show ? 1 : 0) != 1) {
      throw new ParameterException(
          spec.commandLine(), "name a scenario or a --fault, or say --stop or --show");
    }
    if (scenario != null && !faults.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "either a scenario or faults");
    }
    DrillReport report = new DrillReport(spec.commandLine().getOut(), json);
    try (ApiClient client = api.client()) {
      if (show) {
        return once(client.get(PATH), report);
      }
      if (stop) {
        ApiClient.Answer stopped = client.delete(PATH);
        return stopped.isFine() ? follow(client, stopped.json(), report) : refused(stopped);
      }
      Optional<JsonObject> order = order();
      if (order.isEmpty()) {
        return ExitCode.NO.status();
      }
      ApiClient.Answer begun = client.post(PATH, order.get());
      return begun.isFine() ? follow(client, begun.json(), report) : refused(begun);
    }
  }

  private int once(ApiClient.Answer answer, DrillReport report) {
    if (!answer.isFine()) {
      return refused(answer);
    }
    report.more(answer.json());
    report.end(answer.json());
    return ExitCode.FINE.status();
  }

  private int refused(ApiClient.Answer answer) {
    spec.commandLine().getErr().println("parallax: " + answer.problem());
    return ExitCode.NO.status();
  }

  /** Empty when the scenario is none; that was said then. */
  private Optional<JsonObject> order() throws IOException {
    JsonObject order = new JsonObject().put("send", send);
    if (scenario != null) {
      Path file = file(scenario);
      ScenarioFiles.Loaded loaded = ScenarioFiles.load(file);
      if (loaded.scenario().isEmpty()) {
        loaded.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
        return Optional.empty();
      }
      order.put("scenario", Files.readString(file));
    }
    if (!faults.isEmpty()) {
      faults.forEach(this::understood);
      order.put("faults", faults);
    }
    if (!labels.isEmpty()) {
      order.put("labels", labels());
    }
    put(order, "length", length);
    put(order, "begin", begin);
    put(order, "pace", pace);
    put(order, "who", who);
    return Optional.of(order);
  }

  private void understood(String fault) {
    try {
      Fault.parse(fault);
    } catch (Fault.Unclear e) {
      throw new ParameterException(spec.commandLine(), "--fault: " + e.getMessage(), e);
    }
  }

  /** A scenario may be called by its id, which is the name of its file. */
  private static Path file(Path named) {
    Path yaml = named.resolveSibling(named.getFileName() + ".yaml");
    return !Files.exists(named) && Files.exists(yaml) ? yaml : named;
  }

  private static void put(JsonObject order, String field, @Nullable Object value) {
    if (value != null) {
      order.put(field, value);
    }
  }

  private JsonObject labels() {
    JsonObject all = new JsonObject();
    for (String each : labels) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new ParameterException(spec.commandLine(), "--label takes KEY=VALUE; found " + each);
      }
      all.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return all;
  }

  /** Prints what is told as it is told, until it is over. Who breaks off stops nothing. */
  private int follow(ApiClient client, JsonObject first, DrillReport report)
      throws InterruptedException {
    JsonObject now = first;
    CountDownLatch never = new CountDownLatch(1);
    while (now.getString("state", "").equals("running")) {
      report.more(now);
      if (never.await(POLL_MS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
      ApiClient.Answer answer = client.get(PATH);
      boolean same = answer.isFine() && answer.json().getString("id").equals(first.getString("id"));
      if (!same) {
        String why = answer.isFine() ? "another one goes on" : answer.problem();
        spec.commandLine().getErr().println("parallax: the drill is not there any more: " + why);
        return (answer.status() == NOT_FOUND ? ExitCode.NO : ExitCode.COULD_NOT_RUN).status();
      }
      now = answer.json();
    }
    report.more(now);
    report.end(now);
    boolean whole = now.getString("why", "").equals("finished") || stop;
    return (whole && !report.lost() ? ExitCode.FINE : ExitCode.NO).status();
  }
}
