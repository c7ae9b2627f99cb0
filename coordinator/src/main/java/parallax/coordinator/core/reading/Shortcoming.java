package parallax.coordinator.core.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Reason;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Vote.Ballot;

/**
 * What is not as it should be of a service that works, and where: slow in one region, a certificate
 * near its end for everybody. Told by what probes saw last, so it may be there in one region while
 * the target as a whole is UP. Nobody is called for it.
 *
 * @param regions in which most of those who look see it, sorted
 * @param everywhere whether these are all the regions that look
 * @param probes how many see it
 * @param looking how many look by this check
 */
public record Shortcoming(
    CheckKind check,
    Layer layer,
    Reason reason,
    List<Region> regions,
    boolean everywhere,
    int probes,
    int looking) {

  /** One probe of several may be wrong. */
  private static final int LEAST_PROBES = 2;

  public Shortcoming {
    regions = List.copyOf(regions);
  }

  /** Those that a verdict's votes tell of, in causal order. */
  public static List<Shortcoming> of(Verdict verdict) {
    Map<CheckKind, List<Vote>> byCheck = new EnumMap<>(CheckKind.class);
    for (Vote vote : verdict.votes()) {
      if (isHeard(vote.ballot())) {
        byCheck.computeIfAbsent(vote.check(), _ -> new ArrayList<>()).add(vote);
      }
    }
    List<Shortcoming> found = new ArrayList<>();
    byCheck.forEach((check, votes) -> found.addAll(of(check, votes)));
    found.sort(
        Comparator.comparing(Shortcoming::layer)
            .thenComparing(Shortcoming::reason)
            .thenComparing(Shortcoming::check));
    return List.copyOf(found);
  }

  private static boolean isHeard(Ballot ballot) {
    return switch (ballot) {
      case FINE, NOTABLE, FAILED -> true;
      case COULD_NOT_TELL, ABSTAINS -> false;
    };
  }

  private static List<Shortcoming> of(CheckKind check, List<Vote> votes) {
    List<Reason> reasons =
        votes.stream()
            .filter(vote -> vote.ballot() == Ballot.NOTABLE)
            .flatMap(vote -> vote.finding().stream())
            .map(Finding::reason)
            .distinct()
            .toList();
    return reasons.stream()
        .map(reason -> of(check, reason, votes))
        .filter(found -> found.probes() >= Math.min(LEAST_PROBES, found.looking()))
        .filter(found -> !found.regions().isEmpty())
        .toList();
  }

  private static Shortcoming of(CheckKind check, Reason reason, List<Vote> votes) {
    Map<Region, List<Vote>> byRegion = new TreeMap<>();
    for (Vote vote : votes) {
      byRegion.computeIfAbsent(vote.vantage().region(), _ -> new ArrayList<>()).add(vote);
    }
    List<Region> hit = new ArrayList<>();
    byRegion.forEach(
        (region, looks) -> {
          if (2 * seeing(looks, reason) > looks.size()) {
            hit.add(region);
          }
        });
    Layer layer =
        votes.stream()
            .filter(vote -> sees(vote, reason))
            .map(Vote::layer)
            .min(Comparator.naturalOrder())
            .orElse(Layer.CONTENT);
    return new Shortcoming(
        check,
        layer,
        reason,
        hit,
        hit.size() == byRegion.size(),
        (int) seeing(votes, reason),
        votes.size());
  }

  private static long seeing(List<Vote> votes, Reason reason) {
    return votes.stream().filter(vote -> sees(vote, reason)).count();
  }

  private static boolean sees(Vote vote, Reason reason) {
    return vote.ballot() == Ballot.NOTABLE
        && vote.finding().filter(finding -> finding.reason() == reason).isPresent();
  }
}
