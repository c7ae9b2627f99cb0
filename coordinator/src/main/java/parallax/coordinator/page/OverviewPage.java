package parallax.coordinator.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parallax.config.problem.Problem;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.Words;

/** All targets at a glance, the worst first. One document without scripts that renews itself. */
public final class OverviewPage {
  /** More targets than this are only counted. */
  public static final int MAX_ROWS = 500;

  /** More problems of the configuration than this are only counted. */
  static final int MAX_PROBLEMS = 10;

  private static final int REFRESH_SECONDS = 10;

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--up:#0a6b2d;--down:#b3001b;--degraded:#8a5300;--unknown:#555;
      --line:#ccc}
      @media(prefers-color-scheme:dark){:root{--up:#5bd68a;--down:#ff7a85;--degraded:#ffb454;
      --unknown:#aaa;--line:#444}}
      body{font:1rem/1.4 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem}
      table{border-collapse:collapse;width:100%}
      th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;
      border-bottom:1px solid var(--line);overflow-wrap:anywhere}
      .state{font-weight:700;white-space:nowrap}td:last-child{white-space:nowrap}
      .up{color:var(--up)}.down{color:var(--down)}.degraded{color:var(--degraded)}
      .unknown{color:var(--unknown)}
      .refused{border:2px solid var(--down);padding:.5rem 1rem;overflow-wrap:anywhere}
      @media(max-width:40rem){thead{position:absolute;clip-path:inset(50%)}
      tr{display:block;border-bottom:2px solid var(--line);padding:.4rem 0}
      td{display:block;border:0;padding:.1rem 0}
      td[data-label]::before{content:attr(data-label)": "}}
      """;

  private static final Comparator<TargetView> WORST_FIRST =
      Comparator.comparingInt((TargetView view) -> rank(view.verdict().state()))
          .thenComparing(view -> view.target().name());

  private final String policy;

  public OverviewPage() {
    policy =
        "default-src 'none'; style-src 'sha256-"
            + digest(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /** The Content-Security-Policy under which the page shows: its one style, nothing else. */
  public String contentSecurityPolicy() {
    return policy;
  }

  /** The page, in HTML. */
  public String render(Snapshot snapshot, ConfigurationStatus status) {
    Map<TargetState, Integer> counts = new EnumMap<>(TargetState.class);
    snapshot.targets().forEach(view -> counts.merge(view.verdict().state(), 1, Integer::sum));
    StringBuilder html = new StringBuilder(4096 + 400 * Math.min(MAX_ROWS, counts.size()));
    String summary = summary(counts);
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
        .append("<meta http-equiv=\"refresh\" content=\"" + REFRESH_SECONDS + "\">")
        .append("<title>" + summary + " · Parallax</title><style>" + STYLE + "</style></head>")
        .append("<body><header><h1>Parallax</h1><p>" + summary + " · as of ")
        .append(time(snapshot.at()))
        .append("</p></header><main>");
    problems(html, status);
    table(html, snapshot);
    return html.append("</main></body></html>\n").toString();
  }

  private static void problems(StringBuilder html, ConfigurationStatus status) {
    if (status.isCurrent()) {
      return;
    }
    html.append("<section class=\"refused\" role=\"alert\"><h2>The last edit of the configuration")
        .append(" was refused</h2><p>What was in force before still is.</p><ul>");
    for (Problem problem : status.problems().stream().limit(MAX_PROBLEMS).toList()) {
      html.append("<li>").append(escaped(problem.toString())).append("</li>");
    }
    int more = status.problems().size() - MAX_PROBLEMS;
    html.append(more > 0 ? "<li>and " + more + " more</li>" : "").append("</ul></section>");
  }

  private static void table(StringBuilder html, Snapshot snapshot) {
    if (snapshot.targets().isEmpty()) {
      html.append("<p>No targets are configured.</p>");
      return;
    }
    List<TargetView> rows =
        snapshot.targets().stream().sorted(WORST_FIRST).limit(MAX_ROWS).toList();
    html.append("<table><caption>Targets, the worst first</caption><thead><tr>")
        .append("<th scope=\"col\">Target</th><th scope=\"col\">State</th>")
        .append("<th scope=\"col\">Cause</th><th scope=\"col\">For whom</th>")
        .append("<th scope=\"col\">Since</th><th scope=\"col\">Up, 24 h</th>")
        .append("</tr></thead><tbody>\n");
    rows.forEach(view -> row(html, view, snapshot.at()));
    html.append("</tbody></table>");
    int rest = snapshot.targets().size() - rows.size();
    if (rest > 0) {
      html.append("<p>and " + rest + " more targets that are no worse; ")
          .append("<a href=\"/api/v1/targets\">all of them</a></p>");
    }
  }

  private static void row(StringBuilder html, TargetView view, Instant now) {
    Verdict verdict = view.verdict();
    String name = view.target().name().value();
    String path = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    String state = verdict.state().name();
    html.append("<tr><td><a href=\"/api/v1/targets/" + path + "\">" + escaped(name) + "</a></td>")
        .append("<td class=\"state " + state.toLowerCase(Locale.ROOT) + "\">" + state + "</td>")
        .append(cell("Cause", verdict.cause().map(Words::of).orElse("")))
        .append(cell("For whom", verdict.scope().map(Words::of).orElse("")))
        .append("<td data-label=\"Since\">" + time(verdict.since()) + " (")
        .append(Words.of(Duration.between(verdict.since(), now)))
        .append(")</td>")
        .append(cell("Up, 24 h", uptime(view, now)))
        .append("</tr>\n");
  }

  private static String cell(String label, String text) {
    return text.isEmpty()
        ? "<td></td>"
        : "<td data-label=\"" + label + "\">" + escaped(text) + "</td>";
  }

  private static String uptime(TargetView view, Instant now) {
    var ratio = view.uptime().ratio(Window.DAY, now);
    // Rounded down: anything short of all the time must not read as all the time.
    return ratio.isPresent()
        ? String.format(Locale.ROOT, "%.2f %%", Math.floor(ratio.getAsDouble() * 10_000) / 100)
        : "";
  }

  private static String summary(Map<TargetState, Integer> counts) {
    StringBuilder text = new StringBuilder();
    for (TargetState state :
        List.of(TargetState.DOWN, TargetState.DEGRADED, TargetState.UNKNOWN, TargetState.UP)) {
      int count = counts.getOrDefault(state, 0);
      if (count > 0) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(count)
            .append(' ')
            .append(state.name().toLowerCase(Locale.ROOT));
      }
    }
    return text.isEmpty() ? "no targets" : text.toString();
  }

  private static String time(Instant at) {
    String iso = at.truncatedTo(ChronoUnit.SECONDS).toString();
    String shown = iso.replace('T', ' ').replace("Z", " UTC");
    return "<time datetime=\"" + iso + "\">" + shown + "</time>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static int rank(TargetState state) {
    return switch (state) {
      case DOWN -> 0;
      case DEGRADED -> 1;
      case UNKNOWN -> 2;
      case UP -> 3;
    };
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
