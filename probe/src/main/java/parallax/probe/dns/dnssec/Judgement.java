package parallax.probe.dns.dnssec;

import java.util.List;

/**
 * What came of judging a chain.
 *
 * @param verdict of a validator that asks on until some server's material holds: what users see
 * @param faults what is broken at single servers, each of which some users meet; all of them when
 *     the verdict is bogus
 */
public record Judgement(Verdict verdict, List<Verdict.Bogus> faults) {
  public Judgement {
    faults = List.copyOf(faults);
  }
}
