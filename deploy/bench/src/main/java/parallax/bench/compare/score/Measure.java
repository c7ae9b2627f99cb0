package parallax.bench.compare.score;

import java.util.List;
import java.util.Optional;

/** What a rule is judged by: how often something came to pass of how often it could have. */
public enum Measure {
  FALSE_GLOBAL("falseGlobal", "false GLOBAL /ty", Counter.FALSE_GLOBALS, Counter.TARGET_DAYS),
  FALSE_PARTIAL("falsePartial", "false PARTIAL /ty", Counter.FALSE_PARTIALS, Counter.TARGET_DAYS),
  MISSED("missed", "missed %", Counter.MISSED_GLOBALS, Counter.LONG_GLOBALS),
  WRONG_SCOPE("wrongScope", "wrong scope %", Counter.WRONG_SCOPES, Counter.EVENTS_FOUND),
  PARTIAL_FOUND("partialFound", "PARTIAL found %", Counter.PARTIALS_FOUND, Counter.PARTIALS),
  REGIONAL_FOUND("regionalFound", "REGIONAL found %", Counter.REGIONALS_FOUND, Counter.REGIONALS),
  EXTRA_CHECKS("extraChecks", "extra checks %", Counter.CHECKS_ASKED, Counter.CHECKS_SCHEDULED),
  PAGES("pages", "pages per event", Counter.PAGES_OF_EVENTS, Counter.EVENTS_FOUND),
  NOTICES("notices", "notices /ty", Counter.NOTICES, Counter.TARGET_DAYS),
  FALSE_NOTICES("falseNotices", "false notices /ty", Counter.FALSE_NOTICES, Counter.TARGET_DAYS),
  PROBE_NAMED("probeNamed", "probe named %", Counter.PROBE_FAULTS_NAMED, Counter.PROBE_FAULTS),
  REGION_NAMED("regionNamed", "region named %", Counter.REGION_FAULTS_NAMED, Counter.REGION_FAULTS),
  NETWORK_NAMED(
      "networkNamed", "network named %", Counter.NETWORK_FAULTS_NAMED, Counter.NETWORK_FAULTS);

  /** Of what was never seen in n trials, with 95 % confidence no more than this by n is true. */
  private static final double RULE_OF_THREE = 3;

  private static final List<Measure> RARE =
      List.of(FALSE_GLOBAL, FALSE_PARTIAL, MISSED, WRONG_SCOPE, FALSE_NOTICES);

  private final String key;
  private final String heading;
  private final Counter hits;
  private final Counter trials;

  Measure(String key, String heading, Counter hits, Counter trials) {
    this.key = key;
    this.heading = heading;
    this.hits = hits;
    this.trials = trials;
  }

  /** The name in JSON. */
  public String key() {
    return key;
  }

  /** The name in a table. */
  public String heading() {
    return heading;
  }

  /** Whether the table shows hundredths. */
  public boolean isPercent() {
    return heading.endsWith("%");
  }

  public long hits(Tally tally) {
    return tally.count(hits);
  }

  /** Of how many; whole years or a part of one where a rate is one of time. */
  public double trials(Tally tally) {
    return trials == Counter.TARGET_DAYS ? tally.targetYears() : tally.count(trials);
  }

  /**
   * The upper bound of an error's rate at 95 % confidence; only of one that was never seen although
   * it could have been.
   */
  public Optional<Double> upperBound(Tally tally) {
    return RARE.contains(this) && hits(tally) == 0 && trials(tally) > 0
        ? Optional.of(RULE_OF_THREE / trials(tally))
        : Optional.empty();
  }
}
