package parallax.probe.dns.delegation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;

/**
 * What follows from evidence.
 *
 * @param findings everything that is not as it should be, worst first: down, then degraded, then
 *     what could not be told; empty when all is well
 */
public record Judgement(List<Outcome> findings) {
  public Judgement {
    findings = findings.stream().sorted(Comparator.comparingInt(Judgement::rank)).toList();
  }

  /** The worst. Where nothing could be told but all that was seen is well, that it was not told. */
  public Outcome outcome() {
    return findings.isEmpty() ? Outcome.up() : findings.getFirst();
  }

  /** The reasons in the order of the findings. */
  public List<Reason> reasons() {
    return findings.stream()
        .map(Outcome::why)
        .flatMap(Optional::stream)
        .map(Finding::reason)
        .toList();
  }

  /** Both together. */
  public Judgement and(Judgement other) {
    List<Outcome> all = new ArrayList<>(findings);
    all.addAll(other.findings());
    return new Judgement(all);
  }

  /** {@code reason} as an outcome: inconclusive when it is the probe's own trouble, else down. */
  public static Outcome failure(Reason reason, String detail) {
    return reason.isProbesOwn()
        ? Outcome.inconclusive(reason, detail)
        : Outcome.down(reason, detail);
  }

  private static int rank(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Down _ -> 0;
      case Outcome.Degraded _ -> 1;
      case Outcome.Inconclusive _ -> 2;
      case Outcome.Up _ -> 3;
    };
  }
}
