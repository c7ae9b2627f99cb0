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

/** The prefixes that are watched: who announces them, how many see them, what is objected. */
public final class RoutesPage {
  /** Prefixes on one page. */
  public static final int PAGE = 100;

  /** Pages beyond this are not shown. */
  public static final int MAX_PAGE = 1000;

  /** More objections than this are only counted. */
  static final int MAX_OBJECTIONS = 100;

  private static final int MAX_TARGETS = 5;
  private static final int MAX_REGIONS = 12;
  private static final int MAX_PROBES = 6;

  private final Frame frame;

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
  private record Objection(TargetName target, String words) {}

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

    String words() {
      int more = from.size() - MAX_PROBES;
      return String.join(
              ", ",
              from.stream()
                  .limit(MAX_PROBES)
                  .map(each -> each.probe() + " in " + each.region())
                  .toList())
          + (more > 0 ? " and " + more + " more" : "");
    }
  }

  public RoutesPage(Frame frame) {
    this.frame = frame;
  }

  /** The page, in HTML. */
  public String render(Snapshot snapshot, Part part) {
    List<WatchedPrefix> prefixes = WatchedPrefix.of(snapshot, part.label());
    StringBuilder html = new StringBuilder(16_384);
    html.append("<h1>Routes</h1><p class=\"note\">The prefixes that targets and their name ")
        .append("servers stand on, as peers of route collectors see them. What a validator of ")
        .append("the RPKI forbids is told below as an objection.</p>");
    form(html, part);
    if (prefixes.isEmpty()) {
      html.append("<p>No route is watched, or none was told yet.</p>");
      return frame.around(new Frame.About("Routes", "/routes", false), html);
    }
    objections(html, objections(snapshot, part.label()));
    int from = Math.min(prefixes.size(), part.page() * PAGE);
    List<WatchedPrefix> shown = prefixes.subList(from, Math.min(prefixes.size(), from + PAGE));
    html.append("<p role=\"status\">" + prefixes.size() + " prefixes</p>")
        .append(
            Html.table(
                "Prefixes, the worst first",
                "Prefix",
                "State",
                "Announced by",
                "Seen by",
                "Since",
                "From",
                "Targets"));
    shown.forEach(prefix -> row(html, prefix));
    html.append("</tbody></table><p>");
    html.append(part.page() > 0 ? link(part.place(part.page() - 1), "Before") + " " : "");
    boolean more = from + PAGE < prefixes.size() && part.page() < MAX_PAGE;
    html.append(more ? link(part.place(part.page() + 1), "The next " + PAGE) : "").append("</p>");
    return frame.around(new Frame.About("Routes", "/routes", false), html);
  }

  private static void form(StringBuilder html, Part part) {
    html.append("<form class=\"filter\" action=\"/routes\" method=\"get\" role=\"search\">")
        .append("<label>Label, as key:value <input name=\"label\" maxlength=\"")
        .append(LabelFilter.MAX_LABEL + "\" value=\"" + escaped(part.label().label()))
        .append("\"></label><button>Search</button></form>\n");
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
              .map(why -> new Objection(seen.target(), why.words()))
              .ifPresent(each -> found.merge(each, Voices.of(look), Voices::and));
        }
      }
    }
    return found;
  }

  private static void objections(StringBuilder html, Map<Objection, Voices> all) {
    if (all.isEmpty()) {
      html.append("<p>No check of routes objects to anything.</p>");
      return;
    }
    html.append("<section aria-labelledby=\"objections\"><h2 id=\"objections\">Objections</h2>")
        .append(Html.table("What checks of routes say now", "Target", "Says", "Probes", "When"));
    all.entrySet().stream()
        .limit(MAX_OBJECTIONS)
        .forEach(each -> objection(html, each.getKey(), each.getValue()));
    int more = all.size() - MAX_OBJECTIONS;
    html.append("</tbody></table>" + (more > 0 ? "<p>and " + more + " more</p>" : ""))
        .append("</section>\n");
  }

  private static void objection(StringBuilder html, Objection objection, Voices voices) {
    String name = objection.target().value();
    String says = "<span class=\"degraded\">" + escaped(objection.words()) + "</span>";
    html.append("<tr>" + markup("Target", link(ofTarget(name), name)))
        .append(markup("Says", says) + cell("Probes", voices.words()))
        .append(markup("When", time(voices.last())) + "</tr>\n");
  }

  private static void row(StringBuilder html, WatchedPrefix prefix) {
    Optional<Facts.RouteSight> sight = prefix.sight();
    html.append("<tr>" + cell("Prefix", prefix.prefix()) + markup("State", state(sight)))
        .append(cell("Announced by", origins(prefix.best().route())))
        .append(cell("Seen by", sight.map(RoutesPage::seenBy).orElse("")))
        .append(sight.map(known -> markup("Since", since(known))).orElse("<td></td>"))
        .append(cell("From", regions(prefix)))
        .append(markup("Targets", targets(prefix)) + "</tr>\n");
  }

  private static String state(Optional<Facts.RouteSight> sight) {
    if (sight.isEmpty()) {
      return "<span class=\"unknown\">not known yet</span>";
    }
    String reach = sight.get().reach();
    String colour =
        switch (reach) {
          case "VISIBLE", "LOCAL_COLLECTOR" -> "up";
          case "WITHDRAWN", "FALLBACK" -> "down";
          case "PARTIAL", "RECOVERING" -> "degraded";
          default -> "unknown";
        };
    String words = reach.toLowerCase(Locale.ROOT).replace('_', ' ');
    return "<span class=\"" + colour + "\">" + escaped(words) + "</span>";
  }

  /** Who does; where others normally do, those too. */
  private static String origins(Facts.RouteSeen route) {
    String normal = String.join(", ", route.origins().stream().map(asn -> "AS" + asn).toList());
    Optional<Long> now = route.sight().flatMap(Facts.RouteSight::origin);
    if (now.isEmpty() || route.origins().contains(now.get())) {
      return normal;
    }
    return "AS" + now.get() + (normal.isEmpty() ? "" : ", normally " + normal);
  }

  private static String seenBy(Facts.RouteSight sight) {
    return String.format(
        Locale.ROOT,
        "%d of %d (%d %%)%s",
        sight.seeing(),
        sight.known(),
        (int) Math.floor(sight.visibility() * 100),
        sight.coveredBy().map(outer -> ", covered by " + outer).orElse(""));
  }

  private static String since(Facts.RouteSight sight) {
    return time(sight.since())
        + sight.firstLoss().map(loss -> ", first lost " + time(loss)).orElse("");
  }

  /** How many see it from where; a probe hears collectors of its own. */
  private static String regions(WatchedPrefix prefix) {
    List<String> all = new ArrayList<>();
    for (Map.Entry<Region, TargetView.RouteLook> each : prefix.byRegion().entrySet()) {
      Optional<Facts.RouteSight> sight = each.getValue().route().sight();
      all.add(
          each.getKey()
              + sight.map(one -> " " + one.seeing() + " of " + one.known()).orElse(" not known"));
    }
    int more = all.size() - MAX_REGIONS;
    return String.join(", ", all.stream().limit(MAX_REGIONS).toList())
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String targets(WatchedPrefix prefix) {
    List<String> links =
        prefix.targets().stream()
            .limit(MAX_TARGETS)
            .map(TargetName::value)
            .map(name -> link(ofTarget(name), name))
            .toList();
    int more = prefix.targets().size() - MAX_TARGETS;
    return String.join(", ", links) + (more > 0 ? " and " + more + " more" : "");
  }
}
