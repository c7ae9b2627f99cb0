package parallax.probe.dns.zone;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parallax.config.observation.Layer;
import parallax.probe.dns.authority.AuthorityJudge;
import parallax.probe.dns.authority.AuthoritySpec;
import parallax.probe.dns.authority.SerialHistory;
import parallax.probe.dns.authority.ZoneEvidence;
import parallax.probe.dns.delegation.Approved;
import parallax.probe.dns.delegation.Judgement;
import parallax.probe.dns.delegation.Walk;

/**
 * The servers of a zone, as they were seen.
 *
 * @param walk that led to them
 * @param round what they said; empty when the walk did not lead to any of their own
 * @param at when it was seen
 */
public record NameServersLook(
    Walk walk,
    AuthoritySpec spec,
    Optional<ZoneEvidence> round,
    Signatures signatures,
    Instant at) {

  /**
   * What of it speaks about the servers; where there is no way to them, why.
   *
   * @param history of serials, this look's included
   */
  public Judgement judgement(SerialHistory history) {
    Judgement signed = new Judgement(signatures.findings(Layer.DNS_AUTH, at));
    return round
        .filter(evidence -> !evidence.servers().isEmpty())
        .map(
            evidence -> {
              Wanted.Judged judged = Wanted.Judged.of(spec, evidence);
              return AuthorityJudge.judge(judged.evidence(), judged.spec(), history, at);
            })
        .orElseGet(
            () ->
                new DelegationLook(
                        walk, Approved.ANY, List.of(), Signatures.untold(walk.zone()), at)
                    .whole())
        .and(signed);
  }

  /** The serials that the servers have, one for each that told. */
  public List<Long> serials() {
    return round.map(ZoneEvidence::serials).orElse(List.of());
  }
}
