package parallax.coordinator.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.config.check.CheckKind;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.core.incident.Incident;
import parallax.coordinator.core.incident.IncidentId;
import parallax.coordinator.core.verdict.Cause;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.core.verdict.Verdict;
import parallax.coordinator.core.verdict.Vote;
import parallax.coordinator.core.verdict.Why;

/** Verdicts and incidents as the core makes them, with all that they rest on. */
public final class Told {
  /** HTTP 451, as a check tells it. */
  public static final Outcome LEGAL =
      Outcome.down(Reason.HTTP_STATUS, "451 Unavailable For Legal Reasons, expected 200-299");

  public static final Outcome SLOW = Outcome.degraded(Reason.HTTP_SLOW, "1.5 s, warned from 1 s");

  private static final List<String> REGIONS = List.of("tokyo", "lima", "oslo");

  private static final Why SHARES =
      new Why(
          "http fails for 2 of 6 probes, 4 of 12 looks, all of them in the named regions",
          List.of(
              new Why.Explanation("regional", 0.99),
              new Why.Explanation("partial", 0.009),
              new Why.Explanation("nothing", 0.001)),
          List.of(
              new Why.Share("region:lima", 0, 2),
              new Why.Share("region:oslo", 0, 2),
              new Why.Share("region:tokyo", 2, 2)),
          List.of(new Why.Rival("cdn:fastly", 2, 9, 1.25)),
          List.of("failures in other regions too would make it partial or global"));

  private Told() {}

  /** A look from one of two probes in each of three regions, each in a network of its own. */
  public static Vote vote(int probe, CheckKind check, Outcome outcome) {
    Region region = new Region(REGIONS.get(probe % REGIONS.size()));
    Vantage from =
        new Vantage(
            new ProbeName(region + "-" + probe / REGIONS.size()),
            region,
            Optional.of(64_500L + probe));
    Observation seen = Examples.observation(from, "shop", check, outcome, Examples.NOON);
    return Judged.votes(List.of(new Evidence(seen, Examples.NOON.plusSeconds(1)))).getFirst();
  }

  /** Six looks, of which those from tokyo found this. */
  public static List<Vote> fromTokyo(Outcome outcome) {
    List<Vote> votes = new ArrayList<>();
    for (int probe = 0; probe < 2 * REGIONS.size(); probe++) {
      boolean tokyo = probe % REGIONS.size() == 0;
      votes.add(vote(probe, CheckKind.HTTP, tokyo ? outcome : Outcome.up()));
    }
    return votes;
  }

  /** A target that answers 451 in tokyo. */
  public static Verdict blocked(String name) {
    return new Verdict(
        new TargetName(name),
        TargetState.DEGRADED,
        Optional.of(Scope.REGIONAL),
        List.of(new Region("tokyo")),
        Optional.of(cause(name, LEGAL)),
        Examples.NOON.minusSeconds(125),
        0.99,
        fromTokyo(LEGAL),
        SHARES);
  }

  /** A target that is slow in tokyo and up. */
  public static Verdict slow(String name) {
    return new Verdict(
        new TargetName(name),
        TargetState.UP,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Examples.NOON.minusSeconds(125),
        0.99,
        fromTokyo(SLOW),
        Why.rule("every kind of check succeeds"));
  }

  /** The incident of a target that answers 451 in tokyo. */
  public static Incident blocked() {
    return service("blocked", List.of("shop"), cause("shop", LEGAL), List.of());
  }

  /** An incident of two targets through a network, by which another one is not hit. */
  public static Incident shared() {
    Cause cause =
        new Cause(Optional.of(Layer.TCP), Finding.of(Reason.CONNECT_TIMEOUT), "asn:64500");
    return service("shared", List.of("shop", "wiki"), cause, List.of(new TargetName("db")));
  }

  /** One that is over. */
  public static Incident over() {
    Incident open = service("over", List.of("shop"), cause("shop", LEGAL), List.of());
    return Judged.resolved(open, open.opened().plus(Duration.ofMinutes(5)));
  }

  /** Trouble of a probe of our own. */
  public static Incident ours() {
    Finding finding =
        new Finding(
            Reason.PROBE_FAILS_EVERYWHERE, "5 of 6 checks fail there and succeed elsewhere");
    return new Incident(
        new IncidentId("ours"),
        Incident.Subject.VANTAGE,
        List.of(),
        Scope.PROBE_LOCAL,
        List.of(),
        new Cause(Optional.empty(), finding, "probe:tokyo-1"),
        Examples.NOON,
        Examples.NOON,
        Optional.of(Examples.NOON),
        Optional.empty(),
        0,
        List.of(vote(3, CheckKind.HTTP, LEGAL)),
        List.of(),
        Why.rule(finding.detail()));
  }

  private static Incident service(
      String id, List<String> targets, Cause cause, List<TargetName> well) {
    return new Incident(
        new IncidentId(id),
        Incident.Subject.SERVICE,
        targets.stream().map(TargetName::new).toList(),
        Scope.REGIONAL,
        List.of(new Region("tokyo")),
        cause,
        Examples.NOON.minusSeconds(30),
        Examples.NOON,
        Optional.of(Examples.NOON.plusSeconds(25)),
        Optional.empty(),
        1,
        fromTokyo(LEGAL).stream().filter(vote -> vote.ballot() == Vote.Ballot.FAILED).toList(),
        well,
        SHARES);
  }

  private static Cause cause(String target, Outcome outcome) {
    return new Cause(Optional.of(Layer.HTTP), outcome.why().orElseThrow(), "target:" + target);
  }
}
