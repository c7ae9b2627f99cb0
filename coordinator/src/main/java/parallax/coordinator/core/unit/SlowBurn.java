package parallax.coordinator.core.unit;

import parallax.coordinator.core.evidence.Looks;

/**
 * The slow detector, for trouble of few requests in a hundred: the failures of the last looks of
 * every probe against the rate that is usual for them, as a ratio of likelihoods. One probe counts
 * for a bounded number of failures.
 */
final class SlowBurn {
  /** How many looks of each probe are counted. */
  private static final int LOOKS = 15;

  private static final int LOOKS_MASK = (1 << LOOKS) - 1;
  private static final int MOST_OF_ONE = 3;
  private static final double LIMIT = 14;
  private static final double LEAST_RATE = 0.1;
  private static final double TIMES_USUAL = 5;
  private static final int LEAST_PROBES = 4;
  private static final int LEAST_REGIONS = 3;

  private SlowBurn() {}

  static boolean burns(Unit unit, Setting setting) {
    Looks looks = unit.looks();
    int failed = 0;
    int looked = 0;
    int probes = 0;
    int counted = 0;
    double usual = 0;
    boolean[] regions = new boolean[setting.fleet().size()];
    int failingRegions = 0;
    for (int index = 0; index < looks.probes(); index++) {
      int slot = looks.slot(index);
      if (setting.counts(slot)) {
        boolean same = looks.era(index) == setting.fleet().probe(slot).era();
        int bad = same ? Integer.bitCount(looks.past(index) & LOOKS_MASK) : 0;
        int weighed = Math.min(bad, MOST_OF_ONE);
        failed += weighed;
        looked += Math.min(looks.pastLength(index), LOOKS) - (bad - weighed);
        counted++;
        usual += setting.fleet().probe(slot).trust().falseAlarm();
        int region = setting.fleet().probe(slot).region();
        failingRegions += bad > 0 && !regions[region] ? 1 : 0;
        regions[region] |= bad > 0;
        probes += bad > 0 ? 1 : 0;
      }
    }
    if (probes < LEAST_PROBES || failingRegions < LEAST_REGIONS) {
      return false;
    }
    double rate = usual / counted;
    double burning = Math.max(LEAST_RATE, TIMES_USUAL * rate);
    double ratio =
        failed * Math.log(burning / rate)
            + (looked - failed) * (Math.log1p(-burning) - Math.log1p(-rate));
    return ratio >= LIMIT;
  }
}
