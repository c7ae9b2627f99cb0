package parallax.probe.dns.delegation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import parallax.probe.dns.wire.Question;

/**
 * The way from the root to the servers of a zone: every step with what each server said.
 *
 * @param zone the one that should be delegated
 * @param question put to every server on the way; at or below {@code zone}
 * @param steps from the root downwards; never empty
 * @param bound what ended the walk before its end, if anything did
 * @param queries how many questions were asked, those for servers' addresses included
 */
public record Walk(
    Name zone,
    Question question,
    List<Step> steps,
    Optional<Bound> bound,
    int queries,
    Duration took) {
  /** What keeps a hostile hierarchy from keeping us busy. */
  public enum Bound {
    DEPTH,
    QUERIES,
    TIME
  }

  public Walk {
    steps = List.copyOf(steps);
    if (steps.isEmpty() || !question.name().subdomain(zone)) {
      throw new IllegalArgumentException("no step, or asked for " + question + " above " + zone);
    }
  }

  /** The servers that were asked last, the deepest that were found. */
  public Step last() {
    return steps.getLast();
  }

  /** The step at which servers of the zone itself, or of one below it, were asked. */
  public Optional<Step> own() {
    return Optional.of(last()).filter(step -> step.zone().subdomain(zone));
  }

  /** What the parent zone says about the zone; empty when the walk did not get there. */
  public Optional<Delegation> delegation() {
    return parent().flatMap(Step::onward).filter(onward -> onward.zone().subdomain(zone));
  }

  /** What the servers above say about {@code child}, at whatever step. */
  public Optional<Delegation> delegationOf(Name child) {
    return steps.stream()
        .flatMap(step -> step.onward().stream())
        .filter(onward -> onward.zone().equals(child))
        .findFirst();
  }

  /** The deepest step above the zone: its parent, when the walk got that far. */
  public Optional<Step> parent() {
    return steps.stream()
        .filter(step -> !step.zone().subdomain(zone))
        .reduce((_, deeper) -> deeper);
  }

  /** Whether servers of {@code above} were asked and none of them had anything to offer. */
  boolean failsAt(Name above) {
    return last().zone().equals(above)
        && last().visits().stream()
            .map(Visit::said)
            .allMatch(said -> !said.serves() || said instanceof Said.NoSuchName);
  }
}
