package parallax.coordinator.page;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.colour;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.time;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.config.problem.Problem;
import parallax.coordinator.core.reading.Interference;
import parallax.coordinator.core.reading.Shortcoming;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.drill.Report;
import parallax.coordinator.view.ConfigurationStatus;
import parallax.coordinator.view.RegionView;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.Words;
import parallax.coordinator.view.maintenance.Windows;

/** All targets at a glance, the worst first. One document without scripts that renews itself. */
public final class OverviewPage {
  /** More targets than this are only counted. */
  public static final int MAX_ROWS = 500;

  /** Of more targets than this the reasons are only in the API. */
  static final int MAX_EXPLAINED = 100;

  private static final int MAX_REGIONS = 16;

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
      th,.state,td[data-label^=Up],td[data-label=When],td[data-label=Weight]{white-space:nowrap}
      .state{font-weight:700}
      .up{color:var(--up)}.down{color:var(--down)}.degraded{color:var(--degraded)}
      .unknown{color:var(--unknown)}
      tr:has(+.why)>td{border-bottom:0}.why td{padding-top:0}td span{white-space:nowrap}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;margin:.5rem 0}
      dt{grid-column:1;font-weight:600}dd{grid-column:2;margin:0}caption{text-align:left}
      details{border-left:3px solid var(--line);padding-left:.8rem}
      .own{border:2px solid var(--degraded);padding:.5rem 1rem;margin:1rem 0}
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

  /**
   * The page, in HTML.
   *
   * @param opened the name of a target of which the reasons are shown at once; empty for none
   */
  public String render(Snapshot snapshot, ConfigurationStatus status, String opened) {
    return render(snapshot, status, opened, Optional.empty());
  }

  /**
   * The same.
   *
   * @param drill that people may notice now
   */
  public String render(
      Snapshot snapshot, ConfigurationStatus status, String opened, Optional<Report> drill) {
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
    drill.ifPresent(report -> drill(html, report));
    problems(html, status);
    new OwnSide(snapshot).write(html);
    table(html, snapshot, opened);
    return html.append("</main></body></html>\n").toString();
  }

  private static void drill(StringBuilder html, Report drill) {
    html.append("<section class=\"own\" role=\"status\"><h2>[DRILL] A drill goes on</h2><p>")
        .append(escaped(drill.title()) + ", asked for by " + escaped(drill.who()))
        .append(drill.send() ? "; letters are sent, marked as a drill" : "; nothing is sent")
        .append("; " + Words.of(drill.passed()) + " of " + Words.of(drill.length()) + " passed. ")
        .append("What stands below is real.</p></section>");
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

  private static void table(StringBuilder html, Snapshot snapshot, String opened) {
    if (snapshot.targets().isEmpty()) {
      html.append("<p>No targets are configured.</p>");
      return;
    }
    List<TargetView> rows =
        snapshot.targets().stream().sorted(WORST_FIRST).limit(MAX_ROWS).toList();
    html.append("<table><caption>Targets, the worst first</caption><thead><tr>");
    for (String head :
        List.of("Target", "State", "Cause", "For whom", "Regions", "Since", "Up, 24 h")) {
      html.append("<th scope=\"col\">" + head + "</th>");
    }
    html.append("</tr></thead><tbody>\n");
    OwnSide ownSide = new OwnSide(snapshot);
    Windows windows =
        new Windows(snapshot.configuration().maintenance(), snapshot.at(), Window.DAY.length());
    int row = 0;
    for (TargetView view : rows) {
      boolean open = view.target().name().value().equals(opened);
      row(html, view, snapshot, windows);
      if (row < MAX_EXPLAINED || open) {
        why(html, view, new WhyPart(view.verdict(), ownSide, snapshot.at()), open);
      }
      row++;
    }
    html.append("</tbody></table>");
    int rest = snapshot.targets().size() - rows.size();
    if (rest > 0) {
      html.append("<p>and " + rest + " more targets that are no worse; ")
          .append("<a href=\"/api/v1/targets\">all of them</a></p>");
    }
  }

  private static void row(StringBuilder html, TargetView view, Snapshot snapshot, Windows windows) {
    Instant now = snapshot.at();
    Verdict verdict = view.verdict();
    String name = view.target().name().value();
    String state = verdict.state().name();
    html.append("<tr><td><a href=\"/api/v1/targets/" + encoded(name) + "\">")
        .append(escaped(name) + "</a></td>")
        .append("<td class=\"state " + colour(verdict.state()) + "\">" + state)
        .append(escaped(quiet(view, snapshot, windows)) + "</td>")
        .append(cell("Cause", cause(verdict)))
        .append(cell("For whom", forWhom(verdict)));
    regions(html, view.regions(now));
    html.append("<td data-label=\"Since\">" + time(verdict.since()) + " (")
        .append(Words.of(Duration.between(verdict.since(), now)))
        .append(")</td>")
        .append(cell("Up, 24 h", uptime(view, now, windows)))
        .append("</tr>\n");
  }

  private static void why(StringBuilder html, TargetView view, WhyPart part, boolean open) {
    String name = encoded(view.target().name().value());
    html.append("<tr class=\"why\" id=\"" + name + "\"><td colspan=\"7\">");
    part.write(html, open, "/?why=" + name + "#" + name);
    html.append("</td></tr>\n");
  }

  /** What broke first, or what is not as it should be. */
  private static String cause(Verdict verdict) {
    return verdict
        .cause()
        .map(Words::of)
        .orElseGet(
            () ->
                Shortcoming.of(verdict).stream()
                    .findFirst()
                    .map(found -> "up, but " + Words.of(found))
                    .orElse(""));
  }

  private static String forWhom(Verdict verdict) {
    Interference blocked = Interference.of(verdict);
    return blocked.isLikely()
        ? Words.of(blocked)
        : verdict.scope().map(scope -> Words.of(scope, verdict.regions())).orElse("");
  }

  /** How it looks from each region, the worst first. */
  private static void regions(StringBuilder html, List<RegionView> regions) {
    html.append("<td data-label=\"Regions\">");
    regions.stream()
        .sorted(Comparator.comparingInt(region -> rank(region.state())))
        .limit(MAX_REGIONS)
        .forEach(
            region ->
                html.append("<span class=\"" + colour(region.state()) + "\">")
                    .append(escaped(region.region().value()) + " " + region.state())
                    .append("</span> "));
    int more = regions.size() - MAX_REGIONS;
    html.append(more > 0 ? "and " + more + " more</td>" : "</td>");
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Why nobody is told of it now, and until when. */
  private static String quiet(TargetView view, Snapshot snapshot, Windows windows) {
    String maintained =
        windows
            .open(view.target())
            .map(open -> ", in maintenance (" + open.name() + ") until " + open.until())
            .orElse("");
    return maintained
        + snapshot
            .silence(view.target())
            .map(silence -> ", silenced until " + silence.end() + ": " + silence.reason())
            .orElse("");
  }

  private static String uptime(TargetView view, Instant now, Windows windows) {
    var ratio = view.uptime().ratio(Window.DAY, now, windows.of(view.target()));
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
