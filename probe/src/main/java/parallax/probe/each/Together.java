package parallax.probe.each;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.observation.Facts;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Phase;
import parallax.config.observation.Timings;
import parallax.config.observation.seen.PartsSeen;
import parallax.config.observation.seen.PartsSeen.Part;
import parallax.config.observation.seen.PartsSeen.Spent;
import parallax.probe.check.CheckResult;

/**
 * What looks at several addresses of a name mean together. All that tell something about the target
 * failed: it is down. Some failed: it is degraded, for a client that comes to one of these sees it
 * down, and another does not. What is the probe's own trouble counts for nothing, unless there is
 * nothing else.
 */
final class Together {
  private Together() {}

  /**
   * A look at one address.
   *
   * @param where the address, or the family that none was found of
   */
  record Seen(String where, CheckResult result) {
    private boolean isConclusive() {
      return !(result.outcome() instanceof Outcome.Inconclusive);
    }

    private boolean isDown() {
      return result.outcome() instanceof Outcome.Down;
    }

    private boolean isDegraded() {
      return result.outcome() instanceof Outcome.Degraded;
    }

    private String told() {
      return where + ": " + result.outcome().why().map(this::words).orElse("");
    }

    /** Without the address where the detail is nothing else. */
    private String words(Finding finding) {
      return finding.detail().equals(where) ? finding.reason().text() : finding.words();
    }
  }

  /**
   * Puts them together.
   *
   * @param seen at least one
   * @param resolved how long it took to find the addresses
   */
  static CheckResult of(List<Seen> seen, Duration resolved, List<String> aliases) {
    List<Seen> told = seen.stream().filter(Seen::isConclusive).toList();
    if (told.isEmpty()) {
      return whole(seen, seen.getFirst(), seen.getFirst().result().outcome(), resolved, aliases);
    }
    List<Seen> down = told.stream().filter(Seen::isDown).toList();
    List<Seen> wrong = down.isEmpty() ? told.stream().filter(Seen::isDegraded).toList() : down;
    if (wrong.isEmpty()) {
      Seen slowest = told.stream().max(Comparator.comparing(each -> time(each))).orElseThrow();
      return whole(seen, slowest, slowest.result().outcome(), resolved, aliases);
    }
    // The layer that breaks the others first; of equals the address that was found first.
    Seen worst =
        wrong.stream().min(Comparator.comparing(each -> each.result().layer())).orElseThrow();
    Finding why = worst.result().outcome().why().orElseThrow();
    Finding finding =
        seen.size() == 1 ? why : new Finding(why.reason(), detail(wrong, told.size()));
    Outcome outcome =
        down.size() == told.size() ? new Outcome.Down(finding) : new Outcome.Degraded(finding);
    return whole(seen, worst, outcome, resolved, aliases);
  }

  private static Duration time(Seen seen) {
    return seen.result().timings().total();
  }

  /** How many are not as they should be, and which. */
  private static String detail(List<Seen> wrong, int of) {
    String words = wrong.stream().map(Seen::told).collect(Collectors.joining("; "));
    String share = wrong.size() == of ? "all " + of : wrong.size() + " of " + of;
    return share + " addresses: " + words;
  }

  private static CheckResult whole(
      List<Seen> seen, Seen shown, Outcome outcome, Duration resolved, List<String> aliases) {
    CheckResult result = shown.result();
    Timings timings =
        result.timings().of(Phase.RESOLVE).filter(time -> time.compareTo(resolved) >= 0).isPresent()
            ? result.timings()
            : result.timings().plus(Phase.RESOLVE, resolved);
    Facts facts = aliases.isEmpty() ? result.facts() : result.facts().withCanonicalNames(aliases);
    if (seen.size() > 1) {
      facts = facts.withParts(parts(seen, resolved));
    }
    return new CheckResult(result.layer(), outcome, timings, facts);
  }

  private static PartsSeen parts(List<Seen> seen, Duration resolved) {
    return new PartsSeen(
        seen.stream()
            .map(
                each ->
                    new Part(
                        each.where(),
                        each.result().facts().httpStatus(),
                        resolved,
                        spent(each.result().timings()),
                        each.result().facts().bodyBytes(),
                        each.result().outcome().why().map(each::words)))
            .toList(),
        0);
  }

  private static Spent spent(Timings timings) {
    return new Spent(
        time(timings, Phase.RESOLVE),
        time(timings, Phase.CONNECT),
        time(timings, Phase.TLS),
        time(timings, Phase.FIRST_BYTE),
        time(timings, Phase.TRANSFER));
  }

  private static Duration time(Timings timings, Phase phase) {
    return Optional.ofNullable(timings.phases().get(phase)).orElse(Duration.ZERO);
  }
}
