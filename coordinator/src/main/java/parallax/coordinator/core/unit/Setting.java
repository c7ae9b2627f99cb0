package parallax.coordinator.core.unit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToIntFunction;
import parallax.config.policy.DecisionRules;
import parallax.config.target.Region;
import parallax.coordinator.core.evidence.LookCode;
import parallax.coordinator.core.evidence.Looks;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.fleet.Probe;
import parallax.coordinator.core.verdict.Sample;
import parallax.coordinator.core.verdict.ScopeModel.Priors;
import parallax.coordinator.core.watch.Cadence;

/**
 * What a unit is judged by beside its own looks.
 *
 * @param from the regions that look at the target; empty means all
 */
public record Setting(
    Fleet fleet, List<Region> from, Priors priors, DecisionRules rules, Instant now) {
  /** A look counts as the present state for so many intervals, and the time it takes. */
  private static final double PRESENT_INTERVALS = 1.3;

  /** Of so many probes it could be chance that they fail at once. */
  private static final int FEW_PROBES = 3;

  /** How old a look may be to say how it is now. */
  public static Duration present(Cadence cadence) {
    long millis = (long) (cadence.interval().toMillis() * PRESENT_INTERVALS);
    return Duration.ofMillis(millis).plus(cadence.timeout());
  }

  /** Whether a probe's looks count. */
  public boolean counts(int slot) {
    Probe probe = fleet.probe(slot);
    return fleet.counts(slot, now) && (from.isEmpty() || from.contains(probe.vantage().region()));
  }

  /** Those who can be asked. */
  public List<Probe> counting() {
    return fleet.counting(from, now);
  }

  /**
   * The looks that started at or after {@code since}, at most {@link Sample#MAX_LOOKS} of each
   * probe, the newest. Probes that are known to fail alone take part with what they saw before.
   */
  public Sample sample(Unit unit, long since) {
    Looks looks = unit.looks();
    long fresh = now.minus(present(unit.cadence())).toEpochMilli();
    List<Probe> counting = counting();
    Sample sample =
        new Sample(
            looks.probes(), isOne(counting, Probe::network), isOne(counting, Probe::resolver));
    for (int index = 0; index < looks.probes(); index++) {
      if (counts(looks.slot(index))) {
        boolean local = looks.mark(index) == Unit.LOCAL && looks.fails(index);
        add(sample, looks, index, local ? Math.min(since, fresh) : since);
      }
    }
    return sample;
  }

  /** Whether all of them are in one group. */
  static boolean isOne(List<Probe> counting, ToIntFunction<Probe> group) {
    for (Probe probe : counting) {
      if (group.applyAsInt(probe) != group.applyAsInt(counting.getFirst())) {
        return false;
      }
    }
    return !counting.isEmpty();
  }

  private void add(Sample sample, Looks looks, int index, long since) {
    int kept = Math.min(looks.kept(index), Sample.MAX_LOOKS);
    int failed = 0;
    int fine = 0;
    for (int back = 0; back < kept && looks.started(index, back) >= since; back++) {
      boolean bad = LookCode.isFailed(looks.code(index, back));
      failed += bad ? 1 : 0;
      fine += bad ? 0 : 1;
    }
    if (failed + fine > 0) {
      sample.add(fleet.probe(looks.slot(index)), failed, fine);
    }
  }

  /**
   * Whether so many probes see it fail that it cannot be chance: more than a few of them saw it
   * more than once, or hardly any sees nothing of it.
   */
  public boolean isWidespread(Unit unit) {
    Looks looks = unit.looks();
    int failing = 0;
    for (int index = 0; index < looks.probes(); index++) {
      int failed = 0;
      for (int back = 0; back < looks.kept(index); back++) {
        failed += LookCode.isFailed(looks.code(index, back)) ? 1 : 0;
      }
      failing += failed > 1 && counts(looks.slot(index)) ? 1 : 0;
    }
    return failing > FEW_PROBES || SlowPath.burns(unit, this);
  }

  /** In how many regions somebody whose looks count looked lately; two stands for more. */
  public int regionsSeeing(Unit unit) {
    Looks looks = unit.looks();
    long fresh = now.minus(present(unit.cadence())).toEpochMilli();
    int first = -1;
    for (int index = 0; index < looks.probes(); index++) {
      if (looks.started(index, 0) >= fresh && counts(looks.slot(index))) {
        int region = fleet.probe(looks.slot(index)).region();
        if (first >= 0 && region != first) {
          return 2;
        }
        first = region;
      }
    }
    return first < 0 ? 0 : 1;
  }

  /** How many of those whose looks count fail by their newest look, if that is not too old. */
  int failingNow(Unit unit) {
    Looks looks = unit.looks();
    long fresh = now.minus(present(unit.cadence())).toEpochMilli();
    int failing = 0;
    for (int index = 0; index < looks.probes(); index++) {
      boolean fails = looks.fails(index) && looks.started(index, 0) >= fresh;
      failing += fails && counts(looks.slot(index)) ? 1 : 0;
    }
    return failing;
  }
}
