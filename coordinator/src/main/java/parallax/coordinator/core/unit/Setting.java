package parallax.coordinator.core.unit;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
    Sample sample = new Sample(looks.probes(), isOne(Probe::network), isOne(Probe::resolver));
    for (int index = 0; index < looks.probes(); index++) {
      if (counts(looks.slot(index))) {
        boolean local = looks.mark(index) == Unit.LOCAL && looks.fails(index);
        add(sample, looks, index, local ? Math.min(since, fresh) : since);
      }
    }
    return sample;
  }

  /** Whether all who can be asked are in one group; nobody is in none. */
  boolean isOne(ToIntFunction<Probe> group) {
    int first = -1;
    for (int slot = 0; slot < fleet.size(); slot++) {
      if (counts(slot)) {
        int its = group.applyAsInt(fleet.probe(slot));
        if (first >= 0 && its != first) {
          return false;
        }
        first = its;
      }
    }
    return first >= 0;
  }

  /** In how many regions somebody can be asked; {@code most} stands for more. */
  int regions(int most) {
    int[] found = new int[most];
    int count = 0;
    for (int slot = 0; slot < fleet.size() && count < most; slot++) {
      int region = fleet.probe(slot).region();
      if (counts(slot) && Arrays.stream(found, 0, count).noneMatch(known -> known == region)) {
        found[count] = region;
        count++;
      }
    }
    return count;
  }

  /** Whether those who can be asked are too few to be weighed against each other. */
  public boolean areFew() {
    int found = 0;
    int first = -1;
    boolean several = false;
    for (int slot = 0; slot < fleet.size(); slot++) {
      if (counts(slot)) {
        found++;
        several |= first >= 0 && fleet.probe(slot).region() != first;
        first = first < 0 ? fleet.probe(slot).region() : first;
        if (several && found >= FewVantages.MIN_PROBES) {
          return false;
        }
      }
    }
    return true;
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
