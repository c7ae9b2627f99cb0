package parallax.coordinator.core.unit;

import java.util.ArrayList;
import java.util.List;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Sample;
import parallax.coordinator.core.verdict.Scope;

/** For whom a unit that fails is failing, by the share of looks that fail in each region. */
final class Labeller {
  /** GLOBAL from this share of failing looks on, and down to the second one while it is. */
  private static final double GLOBAL = 0.8;

  private static final double STILL_GLOBAL = 0.7;

  /** No region may be better off than this when it is to be GLOBAL. */
  private static final double GLOBAL_IN_REGION = 0.5;

  private static final double STILL_GLOBAL_IN_REGION = 0.3;

  /** A region is hit from this share on. */
  private static final double HIT = 0.65;

  /** With so many looks one failure does not make a region suspect. */
  private static final int LOOKS_TO_FORGIVE = 4;

  private Labeller() {}

  private record Part(Region region, int probes, int failingProbes, int failed, int fine) {
    double share() {
      return (double) failed / (failed + fine);
    }

    boolean isHit() {
      return share() >= HIT;
    }

    boolean isWell() {
      return failed == 0 || (failed == 1 && failed + fine >= LOOKS_TO_FORGIVE);
    }
  }

  /**
   * The label that the looks call for.
   *
   * @param before the present one, from which only a clear difference leads away
   * @param probability that something is wrong at all
   */
  static Label of(Sample sample, Scope before, double probability) {
    List<Part> parts = parts(sample);
    int failed = sample.failedLooks();
    double share = failed == 0 ? 0 : (double) failed / (failed + sample.fineLooks());
    boolean global = before == Scope.GLOBAL;
    double least = global ? STILL_GLOBAL_IN_REGION : GLOBAL_IN_REGION;
    boolean everywhere =
        parts.size() > 1
            && parts.stream().noneMatch(part -> part.failed() + part.fine() > 1 && part.share() < least);
    if (share >= (global ? STILL_GLOBAL : GLOBAL) && everywhere) {
      return Label.of(Scope.GLOBAL, probability);
    }
    List<Part> hit = parts.stream().filter(Part::isHit).toList();
    boolean clear = parts.stream().allMatch(part -> part.isHit() || part.isWell());
    boolean confirmed =
        hit.stream().mapToInt(Part::failingProbes).sum() > 1;
    if (clear && confirmed && hit.size() < parts.size()) {
      return new Label(Scope.REGIONAL, hit.stream().map(Part::region).toList(), probability);
    }
    return Label.of(Scope.PARTIAL, probability);
  }

  private static List<Part> parts(Sample sample) {
    List<Part> parts = new ArrayList<>();
    for (int row = 0; row < sample.rows(); row++) {
      Region region = sample.probe(row).vantage().region();
      int failing = sample.failed(row) > 0 ? 1 : 0;
      int at = 0;
      while (at < parts.size() && !parts.get(at).region().equals(region)) {
        at++;
      }
      if (at == parts.size()) {
        parts.add(new Part(region, 1, failing, sample.failed(row), sample.fine(row)));
      } else {
        Part part = parts.get(at);
        parts.set(
            at,
            new Part(
                region,
                part.probes() + 1,
                part.failingProbes() + failing,
                part.failed() + sample.failed(row),
                part.fine() + sample.fine(row)));
      }
    }
    return parts;
  }
}
