package parallax.deploy.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import parallax.coordinator.notebook.PlainText;
import parallax.deploy.command.ExitCode;
import picocli.CommandLine;

/** Prints answers: one line each, without what a terminal would take for orders. */
public final class Printed {
  private final PrintWriter out;
  private final PrintWriter err;

  public Printed(CommandLine line) {
    out = line.getOut();
    err = line.getErr();
  }

  /** Prints what came back, or why nothing did, and gives the exit status. */
  public int answer(ApiClient.Answer answer, Consumer<JsonObject> fine) {
    if (!answer.isFine()) {
      err.println("parallax: " + answer.problem());
      return ExitCode.NO.status();
    }
    fine.accept(answer.json());
    return ExitCode.FINE.status();
  }

  public void line(String text) {
    out.println(PlainText.line(text, PlainText.MAX_TEXT));
  }

  public void incident(JsonObject incident) {
    line(incident.getString("id", "") + "  " + incident.getString("summary", ""));
    Optional.ofNullable(incident.getJsonObject("acknowledged"))
        .ifPresent(by -> line("acknowledged by " + by.getString("who", "")));
    objects(incident, "timeline").forEach(this::entry);
  }

  /** A line of the timeline; a text of several lines goes on below it. */
  public void entry(JsonObject entry) {
    List<String> lines = entry.getString("text", "").lines().toList();
    line(
        "%s  %-12s  %s  %s"
            .formatted(
                entry.getString("at", ""),
                entry.getString("event", ""),
                entry.getString("who", ""),
                lines.isEmpty() ? "" : lines.getFirst()));
    lines.stream().skip(1).forEach(this::below);
  }

  /** What belongs to the line above, and may have several lines. */
  public void below(String text) {
    text.lines().forEach(more -> out.println("    " + PlainText.line(more, PlainText.MAX_TEXT)));
  }

  public void silence(JsonObject silence) {
    StringBuilder match = new StringBuilder();
    for (Map.Entry<String, Object> each : silence.getJsonObject("match", new JsonObject())) {
      match.append(each.getKey()).append('=').append(each.getValue()).append(' ');
    }
    line(
        "%s  %s  %s to %s  %s %s: %s"
            .formatted(
                silence.getString("id", ""),
                silence.getString("state", ""),
                silence.getString("from", ""),
                silence.getString("until", ""),
                match,
                silence.getString("who", ""),
                silence.getString("reason", "")));
  }

  public static List<JsonObject> objects(JsonObject json, String field) {
    JsonArray array = json.getJsonArray(field, new JsonArray());
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
  }
}
