package parallax.probe.registration.judge;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parallax.config.observation.Finding;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;

/**
 * What is to be said of a registration, worst first.
 *
 * @param untold why nothing can be told; then there is nothing else
 */
public record Judged(List<Said> said, Optional<Finding> untold) {
  /** How much it matters, worst first. */
  public enum Weight {
    DOWN,
    DEGRADED,
    /** Worth a line in the record, and no alarm. */
    NOTED
  }

  /** One thing. */
  public record Said(Weight weight, Finding finding) {
    static Said of(Weight weight, Reason reason, String detail) {
      return new Said(weight, new Finding(reason, detail));
    }

    static Said down(Reason reason, String detail) {
      return of(Weight.DOWN, reason, detail);
    }

    static Said degraded(Reason reason, String detail) {
      return of(Weight.DEGRADED, reason, detail);
    }

    static Said noted(Reason reason, String detail) {
      return of(Weight.NOTED, reason, detail);
    }
  }

  public Judged {
    said = said.stream().sorted(Comparator.comparing(Said::weight)).toList();
  }

  static Judged untold(Reason reason, String detail) {
    return new Judged(List.of(), Optional.of(new Finding(reason, detail)));
  }

  /** The worst of it, with the words of the rest that matters. */
  public Outcome outcome() {
    if (untold.isPresent()) {
      return new Outcome.Inconclusive(untold.get());
    }
    List<Said> alarms = said.stream().filter(each -> each.weight() != Weight.NOTED).toList();
    if (alarms.isEmpty()) {
      return Outcome.up();
    }
    Said worst = alarms.getFirst();
    String others =
        alarms.stream()
            .skip(1)
            .map(each -> each.finding().words())
            .collect(Collectors.joining("; "));
    Finding finding = worst.finding();
    String detail = others.isEmpty() ? finding.detail() : finding.detail() + "; also " + others;
    return worst.weight() == Weight.DOWN
        ? Outcome.down(finding.reason(), detail)
        : Outcome.degraded(finding.reason(), detail);
  }

  public boolean says(Reason reason) {
    return said.stream().anyMatch(each -> each.finding().reason() == reason);
  }

  /** Whether anything is wrong, or an end so near that it should be looked at more often. */
  public boolean isUrgent() {
    return said.stream().anyMatch(each -> each.weight() != Weight.NOTED);
  }

  /** The earliest end of a registration that is told, at its earliest. */
  public static Optional<Instant> end(GoodRecord record, Demand demand) {
    return Deadlines.end(record, demand).map(end -> end.date().earliest());
  }
}
