package parallax.coordinator.accounting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import parallax.coordinator.view.Words;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/**
 * A report as CSV (RFC 4180): a line for each target, times in seconds. A text that a spreadsheet
 * would take for a formula has an apostrophe in front.
 */
final class ReportCsv {
  private static final String END = "\r\n";
  private static final String FORMULA = "=+-@\t\r";
  private static final List<String> HEAD =
      List.of(
          "month",
          "zone",
          "target",
          "uptime_ratio",
          "up_seconds",
          "down_seconds",
          "unknown_seconds",
          "maintenance_seconds",
          "incidents",
          "longest_seconds",
          "mttr_seconds",
          "mtbf_seconds",
          "objective",
          "objective_met",
          "causes",
          "method",
          "latency_check",
          "latency_looks",
          "latency_p50_seconds",
          "latency_p95_seconds",
          "latency_p99_seconds",
          "latency_from");

  private ReportCsv() {}

  static String of(MonthlyReport report) {
    StringBuilder csv = new StringBuilder(String.join(",", HEAD)).append(END);
    for (TargetAccount account : report.targets()) {
      csv.append(
              row(report, account).stream().map(ReportCsv::field).collect(Collectors.joining(",")))
          .append(END);
    }
    return csv.toString();
  }

  private static List<String> row(MonthlyReport report, TargetAccount account) {
    Month month = report.month();
    List<String> row = new ArrayList<>();
    row.add(month.toString());
    row.add(month.zone().getId());
    row.add(text(account.name().value()));
    row.add(ratio(account.uptime()));
    row.add(seconds(account.up()));
    row.add(seconds(account.down()));
    row.add(seconds(account.unknown()));
    row.add(seconds(account.maintenance()));
    row.add(String.valueOf(account.lapses().size()));
    row.add(seconds(account.longest(report.made())));
    row.add(seconds(account.meanTimeToRepair(month)));
    row.add(seconds(account.meanTimeBetweenFailures(month)));
    row.add(account.objective().map(it -> String.valueOf(it.target())).orElse(""));
    row.add(account.isMet().map(met -> met ? "yes" : "no").orElse(""));
    row.add(
        text(
            account.lapses().stream()
                .map(lapse -> Words.of(lapse.cause()))
                .distinct()
                .collect(Collectors.joining("; "))));
    // Once is enough, and a table has no other place for it.
    boolean first = account.equals(report.targets().getFirst());
    row.add(first ? String.join(" ", MonthlyReport.method(Say.in(Language.EN))) : "");
    Optional<Latency> latency = account.latency();
    row.add(latency.map(it -> it.check().label()).orElse(""));
    row.add(latency.map(it -> String.valueOf(it.looks())).orElse(""));
    row.add(latency.map(it -> fine(it.middle())).orElse(""));
    row.add(latency.map(it -> fine(it.most())).orElse(""));
    row.add(latency.map(it -> fine(it.nearlyAll())).orElse(""));
    row.add(latency.map(_ -> report.looksFrom().toString()).orElse(""));
    return row;
  }

  private static String ratio(OptionalDouble ratio) {
    return ratio.isPresent() ? String.format(Locale.ROOT, "%.8f", ratio.getAsDouble()) : "";
  }

  private static String seconds(Optional<Duration> time) {
    return time.map(ReportCsv::seconds).orElse("");
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1e3);
  }

  /** In seconds, to the microsecond. */
  private static String fine(Duration time) {
    return String.format(Locale.ROOT, "%.6f", time.toNanos() / 1e9);
  }

  /** What somebody else may have written. */
  private static String text(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String field(String text) {
    boolean quoted = text.chars().anyMatch(sign -> ",\"\r\n".indexOf(sign) >= 0);
    return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
