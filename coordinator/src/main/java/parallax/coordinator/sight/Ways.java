package parallax.coordinator.sight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Observation;
import parallax.config.observation.ProbeName;
import parallax.config.observation.seen.ReachSeen;
import parallax.config.observation.seen.TraceSeen;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.store.Store;

/** The ways to the targets of an incident, as probes followed them while it lasted. */
public final class Ways {
  /** Of an incident with more targets than this, the ways to the first ones are looked for. */
  static final int MAX_TARGETS = 5;

  /** Ways that are told. */
  public static final int MAX_WAYS = 10;

  /** At its beginning, and at its end or until now; a way is told every five minutes at most. */
  private static final Duration SPAN = Duration.ofMinutes(6);

  /** Looks at a target that are read for each of the two. */
  private static final int MAX_LOOKS = 300;

  private Ways() {}

  /**
   * What a probe saw.
   *
   * @param at when it was told
   */
  public record Way(
      TargetName target, ProbeName probe, Region region, Instant at, TraceSeen trace) {}

  /** The last one of each probe to each target, from the durable record, which may take a while. */
  public static List<Way> of(Store store, Incident incident, Instant now) {
    Instant end = incident.resolved().orElse(now).plusSeconds(1);
    Instant start = incident.onset().minus(SPAN);
    Instant begun = incident.onset().plus(SPAN);
    List<Way> ways = new ArrayList<>();
    for (TargetName target : incident.targets().stream().limit(MAX_TARGETS).toList()) {
      Map<ProbeName, Way> last = new LinkedHashMap<>();
      if (end.minus(SPAN).isAfter(begun)) {
        read(store, target, end.minus(SPAN), end, last);
        read(store, target, start, begun, last);
      } else {
        read(store, target, start, end, last);
      }
      ways.addAll(last.values());
    }
    return List.copyOf(ways.subList(0, Math.min(MAX_WAYS, ways.size())));
  }

  private static void read(
      Store store, TargetName target, Instant from, Instant to, Map<ProbeName, Way> last) {
    for (Evidence look : store.evidence(target, from, to, Optional.empty(), MAX_LOOKS).items()) {
      Observation seen = look.observation();
      seen.facts()
          .reach()
          .flatMap(ReachSeen::trace)
          .ifPresent(
              trace ->
                  last.putIfAbsent(
                      seen.vantage().probe(),
                      new Way(
                          target,
                          seen.vantage().probe(),
                          seen.vantage().region(),
                          look.received(),
                          trace)));
    }
  }
}
