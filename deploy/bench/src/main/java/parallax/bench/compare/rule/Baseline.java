package parallax.bench.compare.rule;

import parallax.bench.compare.rule.Quorum.Terms;
import parallax.bench.compare.run.Vantages;

/** The rules that others use, as far as they say so. */
public enum Baseline {
  ANY_FAILURE("any failure"),
  THREE_IN_A_ROW("3 in a row, one probe"),
  SECOND_OPINION("second opinion"),
  TWO_REGIONS("2 regions"),
  THREE_REGIONS("3 regions"),
  THREE_PLACES("3 places"),
  MAJORITY("majority"),
  MAJORITY_TWICE("majority, 2 in a row"),
  ROUTE_53("Route 53"),
  SPRT("SPRT, independent");

  /** Route 53 takes an endpoint for healthy when more than this share of its checkers do. */
  private static final double ROUTE_53_HEALTHY = 0.18;

  private final String title;

  Baseline(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** The rule at its beginning, for one target: up, nothing seen. */
  public Rule begin(Vantages vantages) {
    int probes = vantages.size();
    int majority = probes / 2 + 1;
    return switch (this) {
      case ANY_FAILURE -> new Quorum(new Terms(1, 1, 1, false), vantages);
      case THREE_IN_A_ROW -> new Quorum(new Terms(3, 1, 1, false), vantages);
      case SECOND_OPINION -> new SecondOpinion(vantages);
      case TWO_REGIONS -> new Quorum(new Terms(1, 1, 2, true), vantages);
      case THREE_REGIONS -> new Quorum(new Terms(1, 1, 3, true), vantages);
      case THREE_PLACES -> new Quorum(new Terms(1, 1, 3, false), vantages);
      case MAJORITY -> new Quorum(new Terms(1, 1, majority, false), vantages);
      case MAJORITY_TWICE -> new Quorum(new Terms(2, 1, majority, false), vantages);
      case ROUTE_53 -> {
        int healthy = (int) Math.floor(ROUTE_53_HEALTHY * probes);
        yield new Quorum(new Terms(3, 3, probes - healthy, false), vantages);
      }
      case SPRT -> new IndependentTest();
    };
  }
}
