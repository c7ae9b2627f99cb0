package parallax.deploy.check;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.deploy.command.ExitCode;
import parallax.deploy.terminal.Style;
import parallax.deploy.terminal.Times;

/**
 * What one look at a target found, ready to be shown.
 *
 * @param url as asked
 * @param details what is to be said beyond the rows
 * @param total from the start to the outcome
 */
record CheckReport(
    String url, List<LayerRow> rows, List<Detail> details, Outcome outcome, Duration total) {
  CheckReport {
    rows = List.copyOf(rows);
    details = List.copyOf(details);
  }

  ExitCode exitCode() {
    return switch (outcome) {
      case Outcome.Up _, Outcome.Degraded _ -> ExitCode.FINE;
      case Outcome.Down _ -> ExitCode.NO;
      case Outcome.Inconclusive _ -> ExitCode.COULD_NOT_RUN;
    };
  }

  /** For people. */
  List<String> lines(Style style) {
    List<String> lines = new ArrayList<>();
    lines.add(style.strong(url));
    List<String> layers = Waterfall.lines(rows, style);
    for (int index = 0; index < rows.size(); index++) {
      lines.add(layers.get(index));
      Layer layer = rows.get(index).layer();
      details.stream()
          .filter(detail -> detail.layer() == layer)
          .flatMap(detail -> detail.lines().stream())
          .map(style::faint)
          .forEach(lines::add);
    }
    String after = " after " + Times.precise(total);
    String why = outcome.why().map(finding -> ": " + finding.words()).orElse("");
    lines.add(
        switch (outcome) {
          case Outcome.Up _ -> style.good("UP") + after;
          case Outcome.Degraded _ -> style.warning("DEGRADED" + why) + after;
          case Outcome.Down _ -> style.bad("DOWN" + why) + after;
          case Outcome.Inconclusive _ -> style.warning("UNKNOWN" + why) + after;
        });
    return lines;
  }

  /** For machines: one object. */
  JsonObject json() {
    JsonArray layers = new JsonArray();
    for (LayerRow row : rows) {
      JsonObject layer = json(row);
      details.stream()
          .filter(detail -> detail.layer() == row.layer())
          .forEach(detail -> layer.mergeIn(detail.json()));
      layers.add(layer);
    }
    JsonObject json = new JsonObject().put("url", url).put("outcome", outcome.label());
    outcome
        .why()
        .ifPresent(
            finding ->
                json.put("reason", finding.reason().text())
                    .put("code", finding.reason().name())
                    .put("detail", finding.detail()));
    return json.put("totalMs", millis(total)).put("layers", layers);
  }

  private static JsonObject json(LayerRow row) {
    JsonObject json =
        new JsonObject().put("layer", row.layer().name()).put("state", row.state().label());
    if (!row.seen().isEmpty()) {
      json.put("seen", row.seen());
    }
    row.finding()
        .ifPresent(
            finding ->
                json.put("reason", finding.reason().text())
                    .put("code", finding.reason().name())
                    .put("detail", finding.detail()));
    if (row.state() != LayerRow.State.SKIPPED) {
      json.put("startMs", millis(row.start())).put("ms", millis(row.time()));
    }
    return json;
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e3) / 1e3;
  }
}
