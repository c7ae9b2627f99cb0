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
import parallax.coordinator.page.objective.ObjectivePart;
import parallax.coordinator.sight.Sights;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.view.Window;
import parallax.coordinator.view.maintenance.Windows;
import parallax.coordinator.words.Say;

/** What is known of a target beside how it is: dates, routes, uptime, who is not told. */
final class TargetFacts {
  private static final int MAX_ROUTES = 20;

  private final StringBuilder html;
  private final TargetView view;
  private final Snapshot snapshot;
  private final Say say;

  TargetFacts(StringBuilder html, TargetView view, Snapshot snapshot, Say say) {
    this.say = say;
    this.html = html;
    this.view = view;
    this.snapshot = snapshot;
  }

  void configured() {
    Target target = view.target();
    html.append("<section aria-labelledby=\"set\"><h2 id=\"set\">" + say.html("set.title"))
        .append("</h2><dl>");
    target.url().ifPresent(url -> html.append(item("URL", escaped(url.toString()))));
    List<String> labels = target.labels().entrySet().stream().map(TargetFacts::label).toList();
    html.append(labels.isEmpty() ? "" : item(say.of("set.labels"), String.join(", ", labels)));
    html.append(item(say.of("set.every"), escaped(say.core().of(target.interval()))));
    if (!target.checks().isEmpty()) {
      List<String> checks = target.checks().stream().map(spec -> spec.kind().label()).toList();
      html.append(item(say.of("set.checks"), escaped(String.join(", ", checks))));
    }
    String from = String.join(", ", target.from().stream().map(Object::toString).toList());
    html.append(item(say.of("set.from"), from.isEmpty() ? say.html("set.all") : escaped(from)));
    target
        .heartbeat()
        .ifPresent(
            beat ->
                html.append(
                    item(
                        say.of("set.beat"),
                        say.html(
                            "set.beatEvery",
                            say.core().of(beat.every()),
                            say.core().of(beat.grace())))));
    html.append("</dl></section>\n");
  }

  private static String label(Map.Entry<String, String> label) {
    String text = label.getKey() + ":" + label.getValue();
    return Html.link("/targets?label=" + Html.encoded(text), text);
  }

  void dates() {
    StringBuilder dates = new StringBuilder();
    view.certificateExpiry()
        .ifPresent(end -> dates.append(item(say.of("dates.certificate"), until(end) + issuer())));
    view.signatureExpiry()
        .ifPresent(end -> dates.append(item(say.of("dates.signature"), until(end))));
    view.registration().ifPresent(known -> registration(dates, known));
    if (!dates.isEmpty()) {
      html.append("<section aria-labelledby=\"dates\"><h2 id=\"dates\">")
          .append(say.html("calendar.title") + "</h2><dl>")
          .append(dates + "</dl></section>\n");
    }
  }

  private void registration(StringBuilder dates, Facts.RegistrationSeen known) {
    String by = known.registrar().map(name -> say.html("dates.through", escaped(name))).orElse("");
    String told = say.html("dates.told", escaped(known.registry()), time(known.asOf()));
    String end = known.expiry().map(this::until).orElseGet(() -> say.html("dates.untold"));
    dates.append(
        item(
            say.of("dates.registration"),
            say.html("known", end, escaped(known.domain())) + by + told));
  }

  private String issuer() {
    return view.looks().stream()
        .map(Evidence::observation)
        .flatMap(seen -> seen.facts().issuer().stream())
        .findFirst()
        .map(name -> say.html("dates.issued", escaped(name)))
        .orElse("");
  }

  private String until(Instant end) {
    Duration left = Duration.between(snapshot.at(), end);
    return time(end)
        + " ("
        + (left.isNegative() ? say.html("over") : say.html("in", say.core().of(left)))
        + ")";
  }

  void routes(Optional<Sights> sights) {
    List<TargetView.RouteLook> routes = view.routes();
    if (routes.isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"bgp\"><h2 id=\"bgp\">" + say.html("nav.routes"))
        .append("</h2>");
    sights.ifPresent(seen -> RouteStrip.write(html, seen, say));
    html.append(Html.table(say, say.of("routes.seen"), "prefix", "of", "origin", "seen", "since"));
    for (TargetView.RouteLook look : routes.stream().limit(MAX_ROUTES).toList()) {
      Facts.RouteSeen route = look.route();
      String of = say.of("role.route." + route.role().name());
      List<String> origins = route.origins().stream().map(origin -> "AS" + origin).toList();
      Optional<Facts.RouteSight> sight = route.sight();
      html.append("<tr>" + cell(say, "prefix", route.prefix()) + cell(say, "of", of))
          .append(cell(say, "origin", String.join(", ", origins)))
          .append(cell(say, "seen", sight.map(this::seenBy).orElseGet(() -> say.of("notYet"))))
          .append(
              sight.isPresent()
                  ? markup(say, "since", time(sight.get().since()))
                  : cell(say, "since", ""))
          .append("</tr>\n");
    }
    html.append("</tbody></table></section>\n");
  }

  private String seenBy(Facts.RouteSight sight) {
    return say.of("routes.peers", sight.seeing(), sight.known(), sight.reach());
  }

  void uptime() {
    Windows windows =
        new Windows(snapshot.configuration().maintenance(), snapshot.at(), Window.LONGEST);
    html.append("<section aria-labelledby=\"uptime\"><h2 id=\"uptime\">" + say.html("uptime"))
        .append("</h2><p class=\"note\">" + say.html("uptime.note"))
        .append("</p><ul class=\"counters\">");
    for (Window window : Window.values()) {
      OptionalDouble ratio = view.uptime().ratio(window, snapshot.at(), windows.of(view.target()));
      String text = ratio.isPresent() ? say.percent(ratio.getAsDouble()) : say.of("unknown");
      html.append("<li>" + window.label() + " <b>" + escaped(text) + "</b></li>");
    }
    html.append("</ul></section>\n");
    ObjectivePart.write(html, view, snapshot.at(), windows.of(view.target()), say);
  }

  /** Why nobody is told of it now. */
  void quiet() {
    Windows windows =
        new Windows(snapshot.configuration().maintenance(), snapshot.at(), Window.DAY.length());
    windows
        .open(view.target())
        .ifPresent(
            open ->
                html.append("<p class=\"own\">")
                    .append(say.html("facts.maintained", escaped(open.name()), time(open.until())))
                    .append("</p>"));
    snapshot
        .silence(view.target())
        .ifPresent(
            silence ->
                html.append("<p class=\"own\">")
                    .append(
                        say.html(
                            "facts.silenced",
                            escaped(silence.who()),
                            time(silence.end()),
                            escaped(silence.reason())))
                    .append("</p>"));
  }
}
