package parallax.coordinator.page.target;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.escaped;
import static parallax.coordinator.page.Html.markup;
import static parallax.coordinator.page.Html.time;

import java.util.Comparator;
import java.util.List;
import parallax.config.observation.Finding;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.page.Html;
import parallax.coordinator.view.TargetView;
import parallax.coordinator.words.Say;

/** What the newest looks say: a row each, with all that was found, of whatever kind they are. */
final class LooksPart {
  /** More looks than this are only counted; those that fail come first. */
  static final int MAX_LOOKS = 24;

  /** Items of a list that are shown. */
  private static final int MAX_LISTED = 40;

  private static final Comparator<Evidence> FAILING_FIRST =
      Comparator.comparingInt((Evidence look) -> rank(look.observation().outcome()))
          .thenComparing(look -> look.observation().vantage().region())
          .thenComparing(look -> look.observation().vantage().probe())
          .thenComparing(look -> look.observation().check());

  private LooksPart() {}

  private static int rank(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Down _ -> 0;
      case Outcome.Degraded _ -> 1;
      case Outcome.Inconclusive _ -> 2;
      case Outcome.Up _ -> 3;
    };
  }

  /** The part; nothing where nobody has looked. */
  static void write(StringBuilder html, TargetView view, Say say) {
    List<Evidence> looks = view.looks().stream().sorted(FAILING_FIRST).limit(MAX_LOOKS).toList();
    if (looks.isEmpty()) {
      return;
    }
    html.append("<section aria-labelledby=\"looks\"><h2 id=\"looks\">")
        .append(say.html("looks.title") + "</h2>")
        .append(Html.table(say, say.of("looks.newest"), "probe", "check", "says", "found", "when"));
    looks.forEach(look -> row(html, look, say));
    int more = view.looks().size() - looks.size();
    html.append("</tbody></table>" + (more > 0 ? "<p>" + say.html("more", more) + "</p>" : ""))
        .append("</section>\n");
  }

  private static void row(StringBuilder html, Evidence look, Say say) {
    Observation seen = look.observation();
    String from = seen.vantage().probe() + say.of("list.comma") + seen.vantage().region().value();
    html.append("<tr>" + cell(say, "probe", from) + cell(say, "check", seen.check().label()))
        .append(cell(say, "says", says(seen, say)) + found(look, say))
        .append(markup(say, "when", time(look.received())) + "</tr>\n");
  }

  private static String says(Observation seen, Say say) {
    String outcome = say.of("outcome." + seen.outcome().label());
    return seen.outcome()
        .why()
        .map((Finding finding) -> say.of("cause", outcome, say.core().of(finding)))
        .orElse(outcome);
  }

  private static String found(Evidence look, Say say) {
    Found found = Found.of(look, say);
    if (found.isNothing()) {
      return "<td></td>";
    }
    StringBuilder html = new StringBuilder(Html.dated(String.join(" · ", found.facts())));
    for (Found.Lines list : found.lists()) {
      int count = list.lines().size();
      html.append("<details><summary>" + say.html("looks.list", escaped(list.name()), count))
          .append("</summary>" + (list.numbered() ? "<ol>" : "<ul class=\"plain\">"));
      list.lines().stream()
          .limit(MAX_LISTED)
          .forEach(line -> html.append("<li>" + Html.dated(line) + "</li>"));
      html.append(list.numbered() ? "</ol>" : "</ul>");
      html.append(count > MAX_LISTED ? "<p>" + say.html("more", count - MAX_LISTED) + "</p>" : "");
      html.append("</details>");
    }
    return markup(say, "found", html.toString());
  }
}
