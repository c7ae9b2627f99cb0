package parallax.coordinator.accounting;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.coordinator.view.Words;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** A report as one object a line: the report itself, then its targets. */
final class ReportJson {
  private ReportJson() {}

  static String of(MonthlyReport report) {
    JsonArray method = new JsonArray();
    MonthlyReport.method(Say.in(Language.EN)).forEach(method::add);
    JsonObject head =
        new JsonObject()
            .put("month", report.month().toString())
            .put("zone", report.month().zone().getId())
            .put("from", report.month().from().toString())
            .put("until", report.end().toString())
            .put("made", report.made().toString())
            .put("cut", report.cut());
    put(head, "latencyFrom", Optional.of(report.looksFrom()).filter(_ -> report.tellsLatency()));
    head.put("latencyError", Durations.ERROR).put("method", method);
    StringBuilder lines = new StringBuilder(head.encode()).append('\n');
    report.targets().forEach(account -> lines.append(line(report, account)).append('\n'));
    return lines.toString();
  }

  private static String line(MonthlyReport report, TargetAccount account) {
    JsonArray incidents = new JsonArray();
    for (Lapse lapse : account.lapses()) {
      JsonObject incident =
          new JsonObject().put("id", lapse.id()).put("onset", lapse.onset().toString());
      put(incident, "resolved", lapse.resolved().map(Object::toString));
      incidents.add(
          incident
              .put("scope", lapse.scope().name())
              .put("cause", Words.of(lapse.cause()))
              .put("seconds", seconds(lapse.length(report.made()))));
    }
    JsonObject line =
        new JsonObject()
            .put("target", account.name().value())
            .put("upSeconds", seconds(account.up()))
            .put("downSeconds", seconds(account.down()))
            .put("unknownSeconds", seconds(account.unknown()))
            .put("maintenanceSeconds", seconds(account.maintenance()));
    OptionalDouble uptime = account.uptime();
    put(line, "uptime", uptime.isPresent() ? Optional.of(uptime.getAsDouble()) : Optional.empty());
    put(line, "longestSeconds", account.longest(report.made()).map(ReportJson::seconds));
    put(line, "mttrSeconds", account.meanTimeToRepair(report.month()).map(ReportJson::seconds));
    put(
        line,
        "mtbfSeconds",
        account.meanTimeBetweenFailures(report.month()).map(ReportJson::seconds));
    put(line, "objective", account.objective().map(it -> it.target()));
    put(line, "objectiveMet", account.isMet());
    put(line, "latency", account.latency().map(ReportJson::latency));
    return line.put("incidents", incidents).encode();
  }

  private static JsonObject latency(Latency latency) {
    return new JsonObject()
        .put("check", latency.check().label())
        .put("looks", latency.looks())
        .put("p50Ms", millis(latency.middle()))
        .put("p95Ms", millis(latency.most()))
        .put("p99Ms", millis(latency.nearlyAll()));
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e3) / 1e3;
  }

  private static void put(JsonObject line, String key, Optional<?> value) {
    if (value.isPresent()) {
      line.put(key, value.get() instanceof Instant at ? at.toString() : value.get());
    } else {
      line.putNull(key);
    }
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1e3;
  }
}
