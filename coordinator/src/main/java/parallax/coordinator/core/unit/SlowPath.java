package parallax.coordinator.core.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.verdict.Scope;

/**
 * The slow path: what the first failures do not show, and the last looks together do. It finds
 * trouble of few requests, and what looks that come late or a small fleet never show at once.
 */
final class SlowPath {
  /** How many looks of each probe are counted. */
  private static final int LOOKS = 15;

  private static final int LOOKS_MASK = (1 << LOOKS) - 1;
  private static final int MOST_OF_ONE = 3;
  private static final double LIMIT = 14;
  private static final double LEAST_RATE = 0.1;
  private static final double TIMES_USUAL = 5;
  private static final int LEAST_PROBES = 4;
  private static final int LEAST_REGIONS = 3;

  /** What fails for one probe alone for so many intervals does so for good. */
  private static final int INTERVALS = 3;

  private static final int LEAST_LASTING = 2;

  private SlowPath() {}

  /**
   * Trouble of few requests in a hundred: the failures of the last looks of every probe against the
   * rate that is usual for them, as a ratio of likelihoods. One probe counts for a bounded number
   * of failures.
   */
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

  /**
   * For whom it fails, where several probes, each of which was thought to fail alone, do so for so
   * long that it cannot be chance: trouble of a path does not last, and not on several paths at
   * once. Empty when it need not be more than trouble of paths.
   */
  static Optional<Label> lasting(Unit unit, Setting setting) {
    List<Probe> lasting = whoseLasts(unit, setting);
    if (lasting.size() < LEAST_LASTING) {
      return Optional.empty();
    }
    List<Probe> counting = setting.counting();
    double sure = setting.rules().sure();
    if (areApart(lasting, setting.isOne(Probe::network))) {
      return Optional.of(Label.of(Scope.PARTIAL, sure));
    }
    Probe first = lasting.getFirst();
    long there = counting.stream().filter(probe -> probe.region() == first.region()).count();
    boolean whole =
        there == lasting.size()
            && lasting.stream().allMatch(probe -> probe.region() == first.region());
    return whole
        ? Optional.of(new Label(Scope.REGIONAL, List.of(first.vantage().region()), sure))
        : Optional.empty();
  }

  private static List<Probe> whoseLasts(Unit unit, Setting setting) {
    Looks looks = unit.looks();
    long since =
        setting.now().minus(unit.cadence().interval().multipliedBy(INTERVALS)).toEpochMilli();
    List<Probe> lasting = new ArrayList<>(LEAST_LASTING);
    for (int index = 0; index < looks.probes(); index++) {
      boolean lasts =
          looks.mark(index) == Unit.LOCAL
              && looks.failing(index) == Looks.KEPT
              && looks.started(index, Looks.KEPT - 1) <= since;
      if (lasts && setting.counts(looks.slot(index))) {
        lasting.add(setting.fleet().probe(looks.slot(index)));
      }
    }
    return lasting;
  }

  /** Whether two of them are in different regions, and in different networks if there are such. */
  private static boolean areApart(List<Probe> lasting, boolean isOneNetwork) {
    Probe first = lasting.getFirst();
    return lasting.stream()
        .anyMatch(
            probe ->
                probe.region() != first.region()
                    && (isOneNetwork || probe.network() != first.network()));
  }
}
