package parallax.coordinator.page;

import static parallax.coordinator.page.Html.cell;
import static parallax.coordinator.page.Html.escaped;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import parallax.config.observation.Finding;
import parallax.config.observation.ProbeName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.reading.Shortcoming;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.view.Words;

/** Why a target is held to be as it is: a part that opens without scripts. */
public final class WhyPart {
  /** More votes than this are only counted; those that fail come first. */
  static final int MAX_VOTES = 12;

  private static final int MAX_ITEMS = 8;

  private static final Comparator<Vote> TELLING_FIRST =
      Comparator.comparingInt((Vote vote) -> rank(vote.ballot()))
          .thenComparing(Comparator.comparing(Vote::at).reversed())
          .thenComparing(vote -> vote.vantage().probe())
          .thenComparing(Vote::check);

  private final String sentence;
  private final Why why;
  private final List<Vote> votes;
  private final List<Shortcoming> shortcomings;
  private final OwnSide ownSide;
  private final Instant now;

  /** Of this verdict. */
  public WhyPart(Verdict verdict, OwnSide ownSide, Instant now) {
    sentence = Words.of(verdict);
    why = verdict.why();
    votes = verdict.votes();
    shortcomings = Shortcoming.of(verdict);
    this.ownSide = ownSide;
    this.now = now;
  }

  /** Of this incident: what it rests on. */
  public WhyPart(Incident incident, OwnSide ownSide, Instant now) {
    sentence = Words.of(incident);
    why = incident.why();
    votes = incident.votes();
    shortcomings = List.of();
    this.ownSide = ownSide;
    this.now = now;
  }

  private static int rank(Vote.Ballot ballot) {
    return switch (ballot) {
      case FAILED -> 0;
      case NOTABLE -> 1;
      case FINE -> 2;
      case COULD_NOT_TELL -> 3;
      case ABSTAINS -> 4;
    };
  }

  /**
   * The part.
   *
   * @param open whether it is open at first
   * @param link where it is open, so that it stays open when the page renews itself
   */
  void write(StringBuilder html, boolean open, String link) {
    html.append(open ? "<details open>" : "<details>").append("<summary>Why</summary>");
    write(html);
    html.append("<p><a href=\"" + link + "\">Keep this open</a></p></details>");
  }

  /** What is in it, not to be opened first. */
  public void write(StringBuilder html) {
    html.append("<p>" + Html.dated(sentence) + "</p><dl>");
    item(html, "Rule", List.of(why.rule()));
    item(html, "Fails", why.shares(), WhyPart::words);
    item(html, "Up, but", shortcomings, Words::of);
    item(html, "Could be", why.explanations(), WhyPart::words);
    item(html, "Considered", why.rivals(), WhyPart::words);
    item(html, "Would change it", why.wouldChange());
    item(html, "Not counted", List.copyOf(abstaining().values()));
    html.append("</dl>");
    votes(html);
  }

  private static <T> void item(
      StringBuilder html, String name, List<T> all, Function<T, String> words) {
    item(html, name, all.stream().limit(MAX_ITEMS).map(words).toList());
  }

  private static void item(StringBuilder html, String name, List<String> values) {
    if (!values.isEmpty()) {
      html.append("<dt>" + name + "</dt>");
      values.stream()
          .limit(MAX_ITEMS)
          .forEach(value -> html.append("<dd>" + escaped(value) + "</dd>"));
    }
  }

  private static String words(Why.Share share) {
    return "%s: %d of %d probes".formatted(share.group(), share.failing(), share.looking());
  }

  private static String words(Why.Explanation explanation) {
    return String.format(
        Locale.ROOT, "%s: %.1f %%", explanation.name(), 100 * explanation.probability());
  }

  private static String words(Why.Rival rival) {
    return String.format(
        Locale.ROOT,
        "%s: %d of %d targets that stand on it fail, gain %.1f",
        rival.culprit(),
        rival.failing(),
        rival.dependants(),
        rival.gain());
  }

  /** The probes that have no say, with the reason. */
  private Map<ProbeName, String> abstaining() {
    Map<ProbeName, String> found = new TreeMap<>();
    for (Vote vote : votes) {
      if (vote.ballot() == Vote.Ballot.ABSTAINS) {
        ProbeName probe = vote.vantage().probe();
        found.put(probe, probe + ": " + ownSide.reason(vote.vantage()));
      }
    }
    return found;
  }

  private void votes(StringBuilder html) {
    List<Vote> shown = votes.stream().sorted(TELLING_FIRST).limit(MAX_VOTES).toList();
    if (shown.isEmpty()) {
      return;
    }
    html.append("<table><caption>Who said what; weight is the logarithm of how much likelier")
        .append(" it makes an outage</caption><thead><tr>");
    for (String head : List.of("Probe", "Region", "Check", "Says", "When", "Weight")) {
      html.append("<th scope=\"col\">" + head + "</th>");
    }
    html.append("</tr></thead><tbody>");
    shown.forEach(vote -> vote(html, vote));
    html.append("</tbody></table>");
    int more = votes.size() - shown.size();
    html.append(more > 0 ? "<p>and " + more + " more</p>" : "");
  }

  private void vote(StringBuilder html, Vote vote) {
    String network = vote.vantage().asn().map(asn -> ", AS" + asn).orElse("");
    String why = vote.finding().map(Finding::words).map(words -> ": " + words).orElse("");
    boolean abstains = vote.ballot() == Vote.Ballot.ABSTAINS;
    html.append("<tr>")
        .append(cell("Probe", vote.vantage().probe().value()))
        .append(cell("Region", vote.vantage().region() + network))
        .append(cell("Check", vote.check().label()))
        .append(cell("Says", CoreJson.outcome(vote) + why + (abstains ? "; not counted" : "")))
        .append(cell("When", Words.of(Duration.between(vote.at(), now)) + " ago"))
        .append(cell("Weight", String.format(Locale.ROOT, "%+.1f", vote.weight())))
        .append("</tr>");
  }
}
