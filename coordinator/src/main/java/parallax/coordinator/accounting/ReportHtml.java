package parallax.coordinator.accounting;

import static parallax.coordinator.page.Html.escaped;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.coordinator.view.Words;
import parallax.coordinator.words.Language;
import parallax.coordinator.words.Say;

/** A report as one HTML document that needs nothing else: no script, no picture, no font. */
final class ReportHtml {
  /** More incidents of a target than this are counted. */
  private static final int MAX_LISTED = 500;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

  private static final String STYLE =
      """
      :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
      body{margin:0 auto;max-width:80rem;padding:1rem;color:#1b1b1b;background:#fff}
      table{border-collapse:collapse;width:100%;margin:1rem 0}
      caption{text-align:left;font-weight:600;padding:.5rem 0}
      th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #767676}
      main{overflow-x:auto}
      .missed{font-weight:700}
      @media(prefers-color-scheme:dark){body{color:#eee;background:#161616}}
      @media print{body{color:#000;background:#fff;max-width:none;padding:0}}
      @media print{thead{display:table-header-group}tr,li{break-inside:avoid}}
      """;

  private ReportHtml() {}

  static String of(MonthlyReport report) {
    Month month = report.month();
    ZoneId zone = month.zone();
    String title = "Availability in " + month;
    StringBuilder html = new StringBuilder(16_384);
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<title>" + title + " · Parallax</title><style>" + STYLE + "</style></head>\n")
        .append("<body><main><h1>" + title + "</h1><p>From " + time(month.from(), zone))
        .append(" to " + time(report.end(), zone) + ", " + escaped(zone.getId()))
        .append(report.end().isBefore(month.until()) ? "; the month is not over" : "")
        .append(". Made " + time(report.made(), zone) + ".</p>\n");
    if (report.cut()) {
      html.append("<p><strong>There is more than a report holds; name targets or labels.</strong>");
      html.append("</p>");
    }
    summary(html, report);
    incidents(html, report);
    html.append("<section aria-labelledby=\"method\"><h2 id=\"method\">How it is counted</h2><ul>");
    MonthlyReport.method().forEach(line -> html.append("<li>" + escaped(line) + "</li>"));
    return html.append("</ul></section></main></body></html>\n").toString();
  }

  private static void summary(StringBuilder html, MonthlyReport report) {
    if (report.targets().isEmpty()) {
      html.append("<p>There is no such target, or the month has not begun.</p>");
      return;
    }
    html.append(
        table(
            "Targets",
            "Target",
            "Uptime",
            "Objective",
            "Down",
            "Incidents",
            "Longest",
            "MTTR",
            "MTBF",
            "Maintenance",
            "Unknown"));
    for (TargetAccount account : report.targets()) {
      Month month = report.month();
      html.append("<tr><th scope=\"row\">" + escaped(account.name().value()) + "</th>");
      cell(html, share(account.uptime()));
      html.append(objective(account));
      cell(html, Words.of(account.down()));
      cell(html, String.valueOf(account.lapses().size()));
      cell(html, account.longest(report.made()));
      cell(html, account.meanTimeToRepair(month));
      cell(html, account.meanTimeBetweenFailures(month));
      cell(html, Words.of(account.maintenance()));
      cell(html, Words.of(account.unknown()));
      html.append("</tr>\n");
    }
    html.append("</tbody></table>\n");
  }

  private static String objective(TargetAccount account) {
    if (account.objective().isEmpty()) {
      return "<td>none</td>";
    }
    String target =
        String.format(Locale.ROOT, "%.3f", account.objective().get().target() * 100)
            .replaceAll("\\.?0+$", "");
    String verdict = account.isMet().map(met -> met ? "met" : "missed").orElse("not known");
    return "<td class=\"" + verdict.replace(' ', '-') + "\">" + target + " %: " + verdict + "</td>";
  }

  private static void incidents(StringBuilder html, MonthlyReport report) {
    ZoneId zone = report.month().zone();
    for (TargetAccount account : report.targets()) {
      if (account.lapses().isEmpty()) {
        continue;
      }
      html.append("<section>")
          .append(
              table(
                  "Incidents of " + account.name().value(),
                  "Began",
                  "Ended",
                  "Lasted",
                  "For whom",
                  "Cause"));
      for (Lapse lapse : account.lapses().stream().limit(MAX_LISTED).toList()) {
        html.append("<tr><td>" + time(lapse.onset(), zone) + "</td><td>")
            .append(lapse.resolved().map(end -> time(end, zone)).orElse("it goes on"))
            .append("</td>");
        cell(html, Words.of(lapse.length(report.made())));
        cell(html, lapse.scope());
        cell(html, lapse.cause());
        html.append("</tr>\n");
      }
      html.append("</tbody></table>");
      int more = account.lapses().size() - MAX_LISTED;
      html.append(more > 0 ? "<p>" + more + " more are not listed.</p>" : "")
          .append("</section>\n");
    }
  }

  /** The beginning of a table, up to its first row. */
  private static String table(String caption, String... columns) {
    StringBuilder html = new StringBuilder("<table><caption>" + escaped(caption) + "</caption>");
    html.append("<thead><tr>");
    for (String column : columns) {
      html.append("<th scope=\"col\">" + escaped(column) + "</th>");
    }
    return html.append("</tr></thead><tbody>\n").toString();
  }

  private static void cell(StringBuilder html, Optional<Duration> time) {
    cell(html, time.map(Words::of).orElse("none"));
  }

  private static void cell(StringBuilder html, String text) {
    html.append("<td>" + escaped(text) + "</td>");
  }

  private static String share(OptionalDouble ratio) {
    return ratio.isPresent() ? Say.in(Language.EN).percent(ratio.getAsDouble()) : "not known";
  }

  private static String time(Instant at, ZoneId zone) {
    return "<time datetime=\"" + at + "\">" + TIME.format(at.atZone(zone)) + "</time>";
  }
}
