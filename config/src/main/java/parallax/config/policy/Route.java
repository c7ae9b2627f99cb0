package parallax.config.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which receivers hear of which targets. The first route that matches is taken.
 *
 * @param match labels a target must carry; empty matches every target
 * @param to names of receivers
 * @param remind how often an open incident is told again
 */
public record Route(
    SortedMap<String, String> match,
    List<String> to,
    Optional<Duration> remind,
    List<Escalation> escalate) {

  public Route {
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
    to = List.copyOf(to);
    escalate = List.copyOf(escalate);
  }

  /** Whether this route takes a target with these labels. */
  public boolean matches(SortedMap<String, String> labels) {
    return labels.entrySet().containsAll(match.entrySet());
  }

  /** Further receivers, told when an incident is still open and unacknowledged after a time. */
  public record Escalation(Duration after, List<String> to) {
    public Escalation {
      to = List.copyOf(to);
    }
  }
}
