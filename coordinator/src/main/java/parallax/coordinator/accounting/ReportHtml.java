package parallax.coordinator.accounting;

import static parallax.coordinator.page.Html.escaped;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.coordinator.words.Say;

/**
 * A report as one HTML document that needs nothing else: no script, no picture, no font. In the
 * language of whoever reads it.
 */
final class ReportHtml {
  /** More incidents of a target than this are counted. */
  private static final int MAX_LISTED = 500;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private static final String STYLE =
      """
      :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
      body{margin:0 auto;max-width:90rem;padding:1rem;color:#1b1b1b;background:#fff}
      table{border-collapse:collapse;width:100%;margin:1rem 0}
      caption{text-align:left;font-weight:600;padding:.5rem 0}
      th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #767676}
      main{overflow-x:auto}
      .missed{font-weight:700}
      @media(prefers-color-scheme:dark){body{color:#eee;background:#161616}}
      @media print{body{color:#000;background:#fff;max-width:none;padding:0}}
      @media print{thead{display:table-header-group}tr,li{break-inside:avoid}}
      """;

  private final StringBuilder html = new StringBuilder(16_384);
  private final MonthlyReport report;
  private final Say say;

  ReportHtml(MonthlyReport report, Say say) {
    this.report = report;
    this.say = say;
  }

  String write() {
    Month month = report.month();
    String title = say.html("report.title", month);
    boolean over = !report.end().isBefore(month.until());
    html.append("<!DOCTYPE html>\n<html lang=\"" + say.language().tag() + "\"><head>")
        .append("<meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<title>" + title + " · Parallax</title><style>" + STYLE + "</style></head>\n")
        .append("<body><main><h1>" + title + "</h1><p>")
        .append(
            say.html(
                over ? "report.span" : "report.spanOpen",
                time(month.from()),
                time(report.end()),
                escaped(month.zone().getId())))
        .append(" " + say.html("report.made", time(report.made())) + "</p>\n");
    if (report.cut()) {
      html.append("<p><strong>" + say.html("report.cut") + "</strong></p>");
    }
    summary();
    latencies();
    report.targets().stream().filter(it -> !it.lapses().isEmpty()).forEach(this::incidents);
    html.append("<section aria-labelledby=\"method\"><h2 id=\"method\">")
        .append(say.html("report.method") + "</h2><ul>");
    MonthlyReport.method(say).forEach(line -> html.append("<li>" + escaped(line) + "</li>"));
    return html.append("</ul></section></main></body></html>\n").toString();
  }

  private void summary() {
    if (report.targets().isEmpty()) {
      html.append("<p>" + say.html("report.none") + "</p>");
      return;
    }
    table(
        say.of("report.targets"),
        "target",
        "uptime",
        "objective",
        "down",
        "incidents",
        "longest",
        "mttr",
        "mtbf",
        "maintenance",
        "unknown");
    for (TargetAccount account : report.targets()) {
      Month month = report.month();
      head(account);
      cell(share(account.uptime()));
      objective(account);
      cell(say.core().of(account.down()));
      cell(String.valueOf(account.lapses().size()));
      cell(account.longest(report.made()));
      cell(account.meanTimeToRepair(month));
      cell(account.meanTimeBetweenFailures(month));
      cell(say.core().of(account.maintenance()));
      cell(say.core().of(account.unknown()));
      html.append("</tr>\n");
    }
    html.append("</tbody></table>\n");
  }

  private void latencies() {
    if (report.targets().isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"latency\"><h2 id=\"latency\">")
        .append(say.html("report.latency") + "</h2>");
    if (!report.tellsLatency()) {
      html.append("<p>" + say.html("report.latencyGone") + "</p></section>\n");
      return;
    }
    table(
        say.of("report.latencySpan", text(report.looksFrom()), text(report.end())),
        "target",
        "check",
        "looks",
        "p50",
        "p95",
        "p99");
    for (TargetAccount account : report.targets()) {
      head(account);
      Optional<Latency> latency = account.latency();
      cell(latency.map(it -> it.check().label()).orElseGet(() -> say.of("unknown")));
      cell(latency.map(it -> String.valueOf(it.looks())).orElse("0"));
      cell(latency.map(it -> millis(it.middle())).orElse(""));
      cell(latency.map(it -> millis(it.most())).orElse(""));
      cell(latency.map(it -> millis(it.nearlyAll())).orElse(""));
      html.append("</tr>\n");
    }
    html.append("</tbody></table></section>\n");
  }

  private static String millis(Duration time) {
    double millis = time.toNanos() / 1e6;
    return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%.0f ms", millis);
  }

  private void objective(TargetAccount account) {
    if (account.objective().isEmpty()) {
      cell(say.of("report.no"));
      return;
    }
    String aim =
        String.format(Locale.ROOT, "%.3f", account.objective().get().target() * 100)
            .replaceAll("\\.?0+$", "");
    boolean missed = account.isMet().filter(met -> !met).isPresent();
    String verdict =
        account
            .isMet()
            .map(met -> say.of(met ? "objective.met" : "objective.missed"))
            .orElseGet(() -> say.of("unknown"));
    html.append(missed ? "<td class=\"missed\">" : "<td>")
        .append(escaped(say.of("cause", say.of("percent", aim), verdict)) + "</td>");
  }

  private void incidents(TargetAccount account) {
    html.append("<section>");
    table(
        say.of("report.incidents", account.name().value()),
        "began",
        "end",
        "lasted",
        "whom",
        "cause");
    for (Lapse lapse : account.lapses().stream().limit(MAX_LISTED).toList()) {
      html.append("<tr><td>" + time(lapse.onset()) + "</td><td>")
          .append(lapse.resolved().map(this::time).orElseGet(() -> say.html("report.goesOn")))
          .append("</td>");
      cell(say.core().of(lapse.length(report.made())));
      cell(say.core().of(lapse.scope()));
      cell(say.core().of(lapse.cause()));
      html.append("</tr>\n");
    }
    html.append("</tbody></table>");
    int more = account.lapses().size() - MAX_LISTED;
    html.append(more > 0 ? "<p>" + say.html("more", more) + "</p>" : "").append("</section>\n");
  }

  /** The beginning of a table, up to its first row; the columns are those of pages. */
  private void table(String caption, String... columns) {
    html.append("<table><caption>" + escaped(caption) + "</caption><thead><tr>");
    for (String column : columns) {
      html.append("<th scope=\"col\">" + say.heading(column) + "</th>");
    }
    html.append("</tr></thead><tbody>\n");
  }

  private void head(TargetAccount account) {
    html.append("<tr><th scope=\"row\">" + escaped(account.name().value()) + "</th>");
  }

  private void cell(Optional<Duration> time) {
    cell(time.map(say.core()::of).orElseGet(() -> say.of("report.no")));
  }

  private void cell(String text) {
    html.append("<td>" + escaped(text) + "</td>");
  }

  private String share(OptionalDouble ratio) {
    return ratio.isPresent() ? say.percent(ratio.getAsDouble()) : say.of("unknown");
  }

  private String text(Instant at) {
    ZoneId zone = report.month().zone();
    return TIME.format(at.atZone(zone));
  }

  private String time(Instant at) {
    return "<time datetime=\"" + at + "\">" + text(at) + "</time>";
  }
}
