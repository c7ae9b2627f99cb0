package parallax.coordinator.page.routes;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.encoded;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.link;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.ofTarget;
import static parallax.coordinator.page.Html.time;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.page.Frame;
import parallax.coordinator.page.Html;
import parallax.coordinator.page.LabelFilter;
import parallax.coordinator.view.Snapshot;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.words.Say;

/** The prefixes that are watched: who announces them, how many see them, what is objected. */
public final class RoutesPage {
  /** Prefixes on one page. */
  public static final int PAGE = 100;

  /** Pages beyond this are not shown. */
  public static final int MAX_PAGE = 1000;

  /** More objections than this are only counted. */
  static final int MAX_OBJECTIONS = 100;

  private static final List<String> REACHES =
      List.of("VISIBLE", "LOCAL_COLLECTOR", "WITHDRAWN", "FALLBACK", "PARTIAL", "RECOVERING");

  private static final int MAX_TARGETS = 5;
  private static final int MAX_REGIONS = 12;
  private static final int MAX_PROBES = 6;

  private final Frame frame;
  private final Say say;

  /**
   * Which of them.
   *
   * @param page the first is 0, at most {@link #MAX_PAGE}
   */
  public record Part(LabelFilter label, int page) {
    private String place(int other) {
      String only = label.label().isEmpty() ? "" : "label=" + encoded(label.label()) + "&";
      return "/routes?" + only + "page=" + other;
    }
  }

  /** What checks of routes hold against a target. */
  private record Objection(TargetName target, Finding why) {}

  /** Who says so, and who said it last. */
  private record Voices(List<Vantage> from, Instant last) {
    static Voices of(Evidence look) {
      return new Voices(List.of(look.observation().vantage()), look.received());
    }

    Voices and(Voices other) {
      List<Vantage> all = new ArrayList<>(from);
      all.addAll(other.from);
      return new Voices(all, last.isAfter(other.last) ? last : other.last);
    }

    String words(Say say) {
      return say.list(
          from.stream().map(each -> say.of("routes.voice", each.probe(), each.region())).toList(),
          MAX_PROBES);
    }
  }

  public RoutesPage(Frame frame) {
    this.frame = frame;
    say = frame.say();
  }

  /** The page, in HTML. */
  public String render(Snapshot snapshot, Part part) {
    List<WatchedPrefix> prefixes = WatchedPrefix.of(snapshot, part.label());
    StringBuilder html = new StringBuilder(16_384);
    html.append("<h1>" + say.html("nav.routes") + "</h1><p class=\"note\">")
        .append(say.html("routes.note") + "</p>");
    form(html, part);
    if (prefixes.isEmpty()) {
      html.append("<p>" + say.html("routes.none") + "</p>");
      return frame.around(new Frame.About(say.of("nav.routes"), "/routes", false), html);
    }
    objections(html, objections(snapshot, part.label()));
    int from = Math.min(prefixes.size(), part.page() * PAGE);
    List<WatchedPrefix> shown = prefixes.subList(from, Math.min(prefixes.size(), from + PAGE));
    String count = say.html(Say.form("routes.count", prefixes.size()), prefixes.size());
    html.append("<p role=\"status\">" + count + "</p>")
        .append(
            Html.table(
                say,
                say.of("routes.worst"),
                "prefix",
                "state",
                "announced",
                "seen",
                "since",
                "regions",
                "targets"));
    shown.forEach(prefix -> row(html, prefix));
    html.append("</tbody></table><p>");
    html.append(part.page() > 0 ? link(part.place(part.page() - 1), say.of("before")) + " " : "");
    boolean more = from + PAGE < prefixes.size() && part.page() < MAX_PAGE;
    html.append(more ? link(part.place(part.page() + 1), say.of("next", PAGE)) : "").append("</p>");
    return frame.around(new Frame.About(say.of("nav.routes"), "/routes", false), html);
  }

  private void form(StringBuilder html, Part part) {
    html.append("<form class=\"filter\" action=\"/routes\" method=\"get\" role=\"search\">")
        .append("<label>" + say.html("form.label") + " <input name=\"label\" maxlength=\"")
        .append(LabelFilter.MAX_LABEL + "\" value=\"" + escaped(part.label().label()))
        .append("\"></label><button>" + say.html("form.search") + "</button></form>\n");
  }

  private static Map<Objection, Voices> objections(Snapshot snapshot, LabelFilter label) {
    Map<Objection, Voices> found = new LinkedHashMap<>();
    for (TargetView view : snapshot.targets()) {
      for (Evidence look : label.admits(view.target()) ? view.looks() : List.<Evidence>of()) {
        Observation seen = look.observation();
        boolean tells = !(seen.outcome() instanceof Outcome.Inconclusive);
        if (seen.check() == CheckKind.BGP && tells) {
          seen.outcome()
              .why()
              .map(why -> new Objection(seen.target(), why))
              .ifPresent(each -> found.merge(each, Voices.of(look), Voices::and));
        }
      }
    }
    return found;
  }

  private void objections(StringBuilder html, Map<Objection, Voices> all) {
    if (all.isEmpty()) {
      html.append("<p>" + say.html("routes.fine") + "</p>");
      return;
    }
    html.append("<section aria-labelledby=\"objections\"><h2 id=\"objections\">")
        .append(say.html("routes.objections") + "</h2>")
        .append(Html.table(say, say.of("routes.say"), "target", "says", "probes", "when"));
    all.entrySet().stream()
        .limit(MAX_OBJECTIONS)
        .forEach(each -> objection(html, each.getKey(), each.getValue()));
    int more = all.size() - MAX_OBJECTIONS;
    html.append("</tbody></table>" + (more > 0 ? "<p>" + say.html("more", more) + "</p>" : ""))
        .append("</section>\n");
  }

  private void objection(StringBuilder html, Objection objection, Voices voices) {
    String name = objection.target().value();
    String says = "<span class=\"degraded\">" + escaped(say.core().of(objection.why())) + "</span>";
    html.append("<tr>" + markup(say, "target", link(ofTarget(name), name)))
        .append(markup(say, "says", says) + cell(say, "probes", voices.words(say)))
        .append(markup(say, "when", time(voices.last())) + "</tr>\n");
  }

  private void row(StringBuilder html, WatchedPrefix prefix) {
    Optional<Facts.RouteSight> sight = prefix.sight();
    html.append("<tr>" + cell(say, "prefix", prefix.prefix()) + markup(say, "state", state(sight)))
        .append(cell(say, "announced", origins(prefix.best().route())))
        .append(cell(say, "seen", sight.map(this::seenBy).orElse("")))
        .append(sight.map(known -> markup(say, "since", since(known))).orElse("<td></td>"))
        .append(cell(say, "regions", regions(prefix)))
        .append(markup(say, "targets", targets(prefix)) + "</tr>\n");
  }

  private String state(Optional<Facts.RouteSight> sight) {
    if (sight.isEmpty()) {
      return "<span class=\"unknown\">" + say.html("notYet") + "</span>";
    }
    String reach = sight.get().reach();
    String colour =
        switch (reach) {
          case "VISIBLE", "LOCAL_COLLECTOR" -> "up";
          case "WITHDRAWN", "FALLBACK" -> "down";
          case "PARTIAL", "RECOVERING" -> "degraded";
          default -> "unknown";
        };
    return "<span class=\"" + colour + "\">" + escaped(reach(reach)) + "</span>";
  }

  /** In words; of what a newer probe tells, the code. */
  private String reach(String code) {
    return REACHES.contains(code)
        ? say.of("reach." + code)
        : code.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Who does; where others normally do, those too. */
  private String origins(Facts.RouteSeen route) {
    String normal = String.join(", ", route.origins().stream().map(asn -> "AS" + asn).toList());
    Optional<Long> now = route.sight().flatMap(Facts.RouteSight::origin);
    if (now.isEmpty() || route.origins().contains(now.get())) {
      return normal;
    }
    String origin = "AS" + now.get();
    return normal.isEmpty() ? origin : say.of("routes.normally", origin, normal);
  }

  private String seenBy(Facts.RouteSight sight) {
    String share = say.wholePercent(sight.visibility());
    String seen = say.of("routes.seenBy", sight.seeing(), sight.known(), share);
    return sight.coveredBy().map(outer -> say.of("routes.covered", seen, outer)).orElse(seen);
  }

  private String since(Facts.RouteSight sight) {
    String since = time(sight.since());
    return sight.firstLoss().map(loss -> say.html("routes.lost", since, time(loss))).orElse(since);
  }

  /** How many see it from where; a probe hears collectors of its own. */
  private String regions(WatchedPrefix prefix) {
    List<String> all = new ArrayList<>();
    for (Map.Entry<Region, TargetView.RouteLook> each : prefix.byRegion().entrySet()) {
      Optional<Facts.RouteSight> sight = each.getValue().route().sight();
      all.add(
          sight
              .map(one -> say.of("routes.from", each.getKey(), one.seeing(), one.known()))
              .orElseGet(() -> say.of("routes.fromUnknown", each.getKey())));
    }
    return say.list(all, MAX_REGIONS);
  }

  private String targets(WatchedPrefix prefix) {
    List<String> links =
        prefix.targets().stream()
            .limit(MAX_TARGETS)
            .map(TargetName::value)
            .map(name -> link(ofTarget(name), name))
            .toList();
    int more = prefix.targets().size() - MAX_TARGETS;
    String named = String.join(say.html("list.comma"), links);
    return more > 0 ? say.html("list.more", named, more) : named;
  }
}
