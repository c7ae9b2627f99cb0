package parallax.probe.dns.zone;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import parallax.config.observation.Finding;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.dns.delegation.Approved;
import parallax.probe.dns.delegation.Judgement;
import parallax.probe.dns.delegation.Walk;
import parallax.probe.dns.delegation.WalkJudge;

/**
 * The way from the root to a zone, as it was seen.
 *
 * @param approved what the zone above should say
 * @param controls walks to other names of the same parent; none unless there was trouble
 * @param at when it was seen
 */
public record DelegationLook(
    Walk walk, Approved approved, List<Walk> controls, Signatures signatures, Instant at) {
  private static final String UNREACHED = "the root's servers cannot be reached: ";

  public DelegationLook {
    controls = List.copyOf(controls);
  }

  /** What of it speaks about the delegation, or about the probe itself. */
  public Judgement judgement() {
    List<Outcome> findings = new ArrayList<>(signatures.findings(Layer.DELEGATION, at));
    whole().findings().stream()
        .filter(
            outcome ->
                outcome instanceof Outcome.Inconclusive
                    || outcome.why().filter(why -> isParents(why.reason())).isPresent())
        .forEach(findings::add);
    return new Judgement(findings);
  }

  /** All that the walk tells, the servers at its end included. */
  Judgement whole() {
    return new Judgement(
        WalkJudge.judge(walk, approved, controls).findings().stream().map(this::ofRoot).toList());
  }

  static boolean isParents(Reason reason) {
    return reason.layer().equals(Optional.of(Layer.DELEGATION));
  }

  /**
   * The root's servers are many and everybody's. Where none of them serves, it is the way there;
   * where they deny the top-level name, the name is of some other name system, a private one.
   */
  private Outcome ofRoot(Outcome outcome) {
    boolean ends = walk.last().zone().equals(Name.root);
    return switch (outcome) {
      case Outcome.Down(Finding(Reason reason, String detail)) when ends ->
          reason == Reason.DELEGATION_ABSENT
              ? Outcome.inconclusive(Reason.PROBE_NOT_CONFIGURED, detail)
              : Outcome.inconclusive(Reason.PROBE_REACHES_NO_NAME_SERVER, UNREACHED + detail);
      case Outcome.Inconclusive(Finding(Reason reason, String detail)) when ends ->
          Outcome.inconclusive(
              reason == Reason.PROBE_NO_ADDRESS_FAMILY ? Reason.PROBE_NO_ROUTE : reason,
              UNREACHED + detail);
      default -> outcome;
    };
  }
}
