package parallax.probe.bgp.visibility;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.probe.net.Cidr;

/**
 * What is known of a prefix at one moment.
 *
 * @param votes of everybody who had it lately
 * @param tally of the votes
 * @param coveredBy the longest less specific that half of the voters have; looked for only where
 *     many have lost the prefix
 * @param blind no source is heard
 * @param canariesMoved too many prefixes that have nothing to do with this one are missed too
 */
record Sight(
    SortedMap<Voter, Vote> votes,
    Tally tally,
    Optional<Cidr> coveredBy,
    boolean blind,
    boolean canariesMoved) {
  Sight {
    votes = Collections.unmodifiableSortedMap(new TreeMap<>(votes));
  }

  /** Of votes alone. */
  static Sight of(SortedMap<Voter, Vote> votes) {
    return new Sight(votes, tallied(votes), Optional.empty(), false, false);
  }

  Sight covered(Optional<Cidr> by) {
    return new Sight(votes, tally, by, blind, canariesMoved);
  }

  /** The same votes, while this is so. */
  Sight amid(boolean isBlind, boolean moved) {
    return blind == isBlind && canariesMoved == moved
        ? this
        : new Sight(votes, tally, coveredBy, isBlind, moved);
  }

  /** What one voter says. */
  sealed interface Vote {}

  record Sees() implements Vote {}

  record Lost(Instant at) implements Vote {}

  /** The session is down, or the source silent. */
  record Unknown() implements Vote {}

  private static Tally tallied(SortedMap<Voter, Vote> votes) {
    SortedMap<String, Tally.Count> counts = new TreeMap<>();
    votes.forEach(
        (voter, vote) ->
            counts.merge(
                voter.collector(), Tally.Count.NONE.plus(vote), (one, _) -> one.plus(vote)));
    return new Tally(counts);
  }

  /** When those that miss it lost it, not before {@code since}. */
  List<Instant> losses(Instant since) {
    return votes.values().stream()
        .filter(vote -> vote instanceof Lost)
        .map(vote -> ((Lost) vote).at())
        .filter(at -> !at.isBefore(since))
        .toList();
  }

  /** At how many collectors somebody lost it, not before {@code since}. */
  int collectorsLost(Instant since) {
    return (int)
        votes.entrySet().stream()
            .filter(vote -> vote.getValue() instanceof Lost(Instant at) && !at.isBefore(since))
            .map(vote -> vote.getKey().collector())
            .distinct()
            .count();
  }
}
