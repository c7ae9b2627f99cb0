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
import parallax.config.observation.ProbeName;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.reading.Shortcoming;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;
import parallax.coordinator.json.CoreJson;
import parallax.coordinator.words.Say;

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
  private final Say say;

  /** Of this verdict. */
  public WhyPart(Verdict verdict, OwnSide ownSide, Instant now, Say say) {
    sentence = say.core().of(verdict);
    why = verdict.why();
    votes = verdict.votes();
    shortcomings = Shortcoming.of(verdict);
    this.ownSide = ownSide;
    this.now = now;
    this.say = say;
  }

  /** Of this incident: what it rests on. */
  public WhyPart(Incident incident, OwnSide ownSide, Instant now, Say say) {
    sentence = say.core().of(incident);
    why = incident.why();
    votes = incident.votes();
    shortcomings = List.of();
    this.ownSide = ownSide;
    this.now = now;
    this.say = say;
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
    html.append(open ? "<details open>" : "<details>")
        .append("<summary>" + say.html("why"))
        .append("</summary>");
    write(html);
    html.append("<p><a href=\"" + link + "\">" + say.html("why.keep") + "</a></p></details>");
  }

  /** What is in it, not to be opened first. */
  public void write(StringBuilder html) {
    html.append("<p>" + Html.dated(sentence) + "</p>");
    reasons(html);
  }

  /** The same without the sentence, where that stands above already. */
  public void reasons(StringBuilder html) {
    html.append("<dl>");
    item(html, "rule", List.of(say.known(why.rule())));
    item(html, "fails", why.shares(), this::words);
    item(html, "but", shortcomings, say.core()::of);
    item(html, "couldBe", why.explanations(), this::words);
    item(html, "rivals", why.rivals(), this::words);
    item(html, "change", why.wouldChange(), say::known);
    item(html, "abstain", List.copyOf(abstaining().values()));
    html.append("</dl>");
    votes(html);
  }

  private <T> void item(StringBuilder html, String name, List<T> all, Function<T, String> words) {
    item(html, name, all.stream().limit(MAX_ITEMS).map(words).toList());
  }

  private void item(StringBuilder html, String name, List<String> values) {
    if (!values.isEmpty()) {
      html.append("<dt>" + say.html("why." + name) + "</dt>");
      values.stream()
          .limit(MAX_ITEMS)
          .forEach(value -> html.append("<dd>" + escaped(value) + "</dd>"));
    }
  }

  private String words(Why.Share share) {
    return say.of("why.share", share.group(), share.failing(), share.looking());
  }

  private String words(Why.Explanation explanation) {
    String percent = String.format(Locale.ROOT, "%.1f", 100 * explanation.probability());
    return say.of("cause", say.core().explanation(explanation.name()), say.of("percent", percent));
  }

  private String words(Why.Rival rival) {
    return say.of(
        "why.rival",
        rival.culprit(),
        rival.failing(),
        rival.dependants(),
        String.format(Locale.ROOT, "%.1f", rival.gain()));
  }

  /** The probes that have no say, with the reason. */
  private Map<ProbeName, String> abstaining() {
    Map<ProbeName, String> found = new TreeMap<>();
    for (Vote vote : votes) {
      if (vote.ballot() == Vote.Ballot.ABSTAINS) {
        ProbeName probe = vote.vantage().probe();
        found.put(probe, say.of("cause", probe, ownSide.reason(vote.vantage())));
      }
    }
    return found;
  }

  private void votes(StringBuilder html) {
    List<Vote> shown = votes.stream().sorted(TELLING_FIRST).limit(MAX_VOTES).toList();
    if (shown.isEmpty()) {
      return;
    }
    html.append(
        Html.table(say, say.of("why.votes"), "probe", "region", "check", "says", "when", "weight"));
    shown.forEach(vote -> vote(html, vote));
    html.append("</tbody></table>");
    int more = votes.size() - shown.size();
    html.append(more > 0 ? "<p>" + say.html("more", more) + "</p>" : "");
  }

  private void vote(StringBuilder html, Vote vote) {
    String network = vote.vantage().asn().map(asn -> ", AS" + asn).orElse("");
    String ago = say.core().of(Duration.between(vote.at(), now));
    html.append("<tr>")
        .append(cell(say, "probe", vote.vantage().probe().value()))
        .append(cell(say, "region", vote.vantage().region() + network))
        .append(cell(say, "check", vote.check().label()))
        .append(cell(say, "says", says(vote)))
        .append(cell(say, "when", say.of("ago", ago)))
        .append(cell(say, "weight", String.format(Locale.ROOT, "%+.1f", vote.weight())))
        .append("</tr>");
  }

  private String says(Vote vote) {
    String outcome = say.of("outcome." + CoreJson.outcome(vote));
    String told =
        vote.finding()
            .map(finding -> say.of("cause", outcome, say.core().of(finding)))
            .orElse(outcome);
    return vote.ballot() == Vote.Ballot.ABSTAINS ? say.of("why.notCounted", told) : told;
  }
}
