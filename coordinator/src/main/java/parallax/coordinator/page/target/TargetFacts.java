package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.item;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import parallax.config.observation.Facts;
import parallax.config.target.Target;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.TargetRows;
import parallax.coordinator.page.objective.ObjectivePart;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.Words;
import parallax.coordinator.view.maintenance.Windows;

/** What is known of a target beside how it is: dates, routes, uptime, who is not told. */
final class TargetFacts {
  private static final int MAX_ROUTES = 20;

  private final StringBuilder html;
  private final TargetView view;
  private final Snapshot snapshot;

  TargetFacts(StringBuilder html, TargetView view, Snapshot snapshot) {
    this.html = html;
    this.view = view;
    this.snapshot = snapshot;
  }

  void configured() {
    Target target = view.target();
    html.append("<section aria-labelledby=\"set\"><h2 id=\"set\">As configured</h2><dl>");
    target.url().ifPresent(url -> html.append(item("URL", escaped(url.toString()))));
    List<String> labels = target.labels().entrySet().stream().map(TargetFacts::label).toList();
    html.append(labels.isEmpty() ? "" : item("Labels", String.join(", ", labels)));
    html.append(item("Looked at every", Words.of(target.interval())));
    if (!target.checks().isEmpty()) {
      List<String> checks = target.checks().stream().map(spec -> spec.kind().label()).toList();
      html.append(item("Checks", escaped(String.join(", ", checks))));
    }
    String from = String.join(", ", target.from().stream().map(Object::toString).toList());
    html.append(item("From", from.isEmpty() ? "all regions" : escaped(from)));
    target
        .heartbeat()
        .ifPresent(
            beat ->
                html.append(
                    item(
                        "Says itself that it lives",
                        "every " + Words.of(beat.every()) + ", grace " + Words.of(beat.grace()))));
    html.append("</dl></section>\n");
  }

  private static String label(Map.Entry<String, String> label) {
    String text = label.getKey() + ":" + label.getValue();
    return Html.link("/targets?label=" + Html.encoded(text), text);
  }

  void dates() {
    StringBuilder dates = new StringBuilder();
    view.certificateExpiry()
        .ifPresent(end -> dates.append(item("Certificate ends", until(end) + issuer())));
    view.signatureExpiry()
        .ifPresent(end -> dates.append(item("First DNSSEC signature ends", until(end))));
    view.registration().ifPresent(known -> registration(dates, known));
    if (!dates.isEmpty()) {
      html.append("<section aria-labelledby=\"dates\"><h2 id=\"dates\">What will run out</h2><dl>")
          .append(dates + "</dl></section>\n");
    }
  }

  private void registration(StringBuilder dates, Facts.RegistrationSeen known) {
    String by = known.registrar().map(name -> ", through " + escaped(name)).orElse("");
    String told = ", as " + escaped(known.registry()) + " told " + time(known.asOf());
    String end = known.expiry().map(this::until).orElse("not told");
    dates.append(item("Registration ends", end + ": " + escaped(known.domain()) + by + told));
  }

  private String issuer() {
    return view.looks().stream()
        .map(Evidence::observation)
        .flatMap(seen -> seen.facts().issuer().stream())
        .findFirst()
        .map(name -> ", issued by " + escaped(name))
        .orElse("");
  }

  private String until(Instant end) {
    Duration left = Duration.between(snapshot.at(), end);
    return time(end) + (left.isNegative() ? " (over)" : " (in " + Words.of(left) + ")");
  }

  void routes(Optional<Sights> sights) {
    List<TargetView.RouteLook> routes = view.routes();
    if (routes.isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"bgp\"><h2 id=\"bgp\">Routes</h2>");
    sights.ifPresent(seen -> RouteStrip.write(html, seen));
    html.append(
        Html.table(
            "As collectors of routes see them", "Prefix", "Of", "Origin", "Seen by", "Since"));
    for (TargetView.RouteLook look : routes.stream().limit(MAX_ROUTES).toList()) {
      Facts.RouteSeen route = look.route();
      String of = route.role() == Facts.RouteRole.NAME_SERVERS ? "name servers" : "servers";
      List<String> origins = route.origins().stream().map(origin -> "AS" + origin).toList();
      Optional<Facts.RouteSight> sight = route.sight();
      html.append("<tr>" + cell("Prefix", route.prefix()) + cell("Of", of))
          .append(cell("Origin", String.join(", ", origins)))
          .append(cell("Seen by", sight.map(TargetFacts::seenBy).orElse("not known yet")))
          .append(
              sight.isPresent() ? markup("Since", time(sight.get().since())) : cell("Since", ""))
          .append("</tr>\n");
    }
    html.append("</tbody></table></section>\n");
  }

  private static String seenBy(Facts.RouteSight sight) {
    return sight.seeing() + " of " + sight.known() + " peers, " + sight.reach();
  }

  void uptime() {
    Windows windows =
        new Windows(snapshot.configuration().maintenance(), snapshot.at(), Window.LONGEST);
    html.append("<section aria-labelledby=\"uptime\"><h2 id=\"uptime\">Uptime</h2>")
        .append("<p class=\"note\">Of the time of which is known how it was, without ")
        .append("maintenance; degraded counts as up.</p><ul class=\"counters\">");
    for (Window window : Window.values()) {
      OptionalDouble ratio = view.uptime().ratio(window, snapshot.at(), windows.of(view.target()));
      String text = ratio.isPresent() ? TargetRows.percent(ratio.getAsDouble()) : "not known";
      html.append("<li>" + window.label() + " <b>" + text + "</b></li>");
    }
    html.append("</ul></section>\n");
    ObjectivePart.write(html, view, snapshot.at(), windows.of(view.target()));
  }

  /** Why nobody is told of it now. */
  void quiet() {
    Windows windows =
        new Windows(snapshot.configuration().maintenance(), snapshot.at(), Window.DAY.length());
    windows
        .open(view.target())
        .ifPresent(
            open ->
                html.append("<p class=\"own\">In maintenance (" + escaped(open.name()))
                    .append("): nobody is told until " + time(open.until()) + "</p>"));
    snapshot
        .silence(view.target())
        .ifPresent(
            silence ->
                html.append("<p class=\"own\">Silenced by " + escaped(silence.who()) + " until ")
                    .append(time(silence.end()) + ": " + escaped(silence.reason()) + "</p>"));
  }
}
