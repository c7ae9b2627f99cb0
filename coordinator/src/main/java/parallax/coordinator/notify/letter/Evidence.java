package parallax.coordinator.notify.letter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Vote.Ballot;

/** Which looks are told, and how. */
final class Evidence {
  /** More looks than this nobody reads in a message. */
  static final int MAX_VOTES = 6;

  private static final Comparator<Vote> NEWEST_FIRST =
      Comparator.comparing(Vote::at)
          .reversed()
          .thenComparing(vote -> vote.vantage().probe())
          .thenComparing(Vote::check);

  private final Sayings sayings;

  Evidence(Sayings sayings) {
    this.sayings = sayings;
  }

  /** The looks that speak for it, newest first: of every region one, as far as there is room. */
  List<String> lines() {
    return chosen(sayings.incident().votes()).stream().map(this::line).toList();
  }

  static List<Vote> chosen(List<Vote> votes) {
    boolean anyFails = votes.stream().anyMatch(vote -> vote.ballot() == Ballot.FAILED);
    Ballot telling = anyFails ? Ballot.FAILED : Ballot.NOTABLE;
    List<Vote> candidates =
        votes.stream().filter(vote -> vote.ballot() == telling).sorted(NEWEST_FIRST).toList();
    List<Vote> chosen = new ArrayList<>();
    TreeSet<Region> told = new TreeSet<>();
    add(candidates, vote -> told.add(vote.vantage().region()), chosen);
    add(candidates, vote -> !chosen.contains(vote), chosen);
    chosen.sort(NEWEST_FIRST);
    return List.copyOf(chosen);
  }

  private static void add(List<Vote> from, Predicate<Vote> wanted, List<Vote> chosen) {
    for (Vote vote : from) {
      if (chosen.size() == MAX_VOTES) {
        return;
      }
      if (wanted.test(vote)) {
        chosen.add(vote);
      }
    }
  }

  private String line(Vote vote) {
    Texts texts = sayings.texts();
    String region = vote.vantage().region().value();
    String place =
        vote.vantage()
            .asn()
            .map(asn -> texts.say("vote.place", Map.of("region", region, "network", "AS" + asn)))
            .orElse(region);
    String why = vote.finding().map(sayings::detailed).orElse("");
    return texts.say(
        "vote",
        Map.of(
            "at", sayings.times().shortly(vote.at()),
            "probe", vote.vantage().probe().value(),
            "place", place,
            "check", vote.check().label(),
            "says", texts.say("vote." + vote.ballot().name(), "why", why)));
  }
}
