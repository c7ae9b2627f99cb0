package parallax.coordinator.core.unit;

import java.util.ArrayList;
import java.util.List;
import parallax.config.target.Region;
import parallax.coordinator.core.verdict.Sample;
import parallax.coordinator.core.verdict.Scope;
import parallax.coordinator.core.verdict.ScopeModel;

/**
 * For whom a unit that fails is failing: for everybody when nearly all looks fail in every region;
 * for whole regions when that explains the looks better than a part of the requests or places does.
 */
final class Labeller {
  /** GLOBAL from this share of failing looks on, and down to the second one while it is. */
  private static final double GLOBAL = 0.85;

  private static final double STILL_GLOBAL = 0.78;

  /** With so many looks of each probe, and hardly one fine, what was before does not matter. */
  private static final double LOOKS_TO_BE_SURE = 1.2;

  private static final double SURELY_GLOBAL = 0.97;

  /** No region may be better off than this when it is to be GLOBAL. */
  private static final double GLOBAL_IN_REGION = 0.5;

  private static final double STILL_GLOBAL_IN_REGION = 0.3;

  /** Fewer probes than this cannot tell that it is for everybody. */
  private static final int LEAST_PROBES = 3;

  /** By so much it must be better explained otherwise before regions are not named any more. */
  private static final double HYSTERESIS = 5;

  private static final double LEAST = 0.05;

  private Labeller() {}

  private static final class Part {
    final Region region;
    int failingProbes;
    int failed;
    int fine;
    double hit;
    double well;

    Part(Region region) {
      this.region = region;
    }

    void add(Sample sample, int row) {
      failingProbes += sample.failed(row) > 0 ? 1 : 0;
      failed += sample.failed(row);
      fine += sample.fine(row);
      hit += Math.log(ScopeModel.affected(sample, row));
      well += Math.log(ScopeModel.up(sample, row));
    }

    double share() {
      return (double) failed / (failed + fine);
    }

    boolean isHit() {
      return hit > well;
    }
  }

  /**
   * The label that the looks call for.
   *
   * @param overall the share of looks that fail, over a longer time
   * @param before the present one, from which only a clear difference leads away
   * @param probability that something is wrong at all
   */
  static Label of(Sample sample, double overall, Scope before, double probability) {
    List<Part> parts = parts(sample);
    int failed = sample.failedLooks();
    double share = failed == 0 ? 0 : (double) failed / (failed + sample.fineLooks());
    boolean global = before == Scope.GLOBAL;
    double least = global ? STILL_GLOBAL_IN_REGION : GLOBAL_IN_REGION;
    boolean everywhere =
        parts.size() > 1
            && (global || (sample.rows() >= LEAST_PROBES && sample.failingRegions() > 1))
            && parts.stream()
                .noneMatch(part -> part.failed + part.fine > 1 && part.share() < least);
    boolean most =
        global
            ? Math.max(share, overall) >= STILL_GLOBAL
            : Math.min(share, overall) >= GLOBAL
                || (share >= SURELY_GLOBAL && failed >= LOOKS_TO_BE_SURE * sample.rows());
    if (most && everywhere) {
      return Label.of(Scope.GLOBAL, probability);
    }
    List<Part> hit = parts.stream().filter(Part::isHit).toList();
    double stay = before == Scope.REGIONAL ? HYSTERESIS : 0;
    int confirmed = hit.stream().mapToInt(part -> part.failingProbes).sum();
    boolean some = !hit.isEmpty() && hit.size() < parts.size() && confirmed > 1;
    if (some && regional(parts) + stay > partial(sample, share)) {
      return new Label(Scope.REGIONAL, hit.stream().map(part -> part.region).toList(), probability);
    }
    return Label.of(Scope.PARTIAL, probability);
  }

  /** How well whole regions explain the looks. */
  private static double regional(List<Part> parts) {
    double regional = parts.size() * Math.log(.5);
    for (Part part : parts) {
      regional += Math.max(part.hit, part.well);
    }
    return regional;
  }

  /** How well a part of the requests, or a part of the places, explains the looks. */
  private static double partial(Sample sample, double share) {
    double requests = 0;
    double places = 0;
    double part = Math.clamp((double) sample.failingProbes() / sample.rows(), LEAST, 1 - LEAST);
    double likely = Math.clamp(share, LEAST, 1 - LEAST);
    for (int row = 0; row < sample.rows(); row++) {
      requests += sample.failed(row) * Math.log(likely) + sample.fine(row) * Math.log1p(-likely);
      places +=
          Math.log(
              part * ScopeModel.affected(sample, row) + (1 - part) * ScopeModel.up(sample, row));
    }
    return Math.max(requests, places);
  }

  private static List<Part> parts(Sample sample) {
    List<Part> parts = new ArrayList<>();
    for (int row = 0; row < sample.rows(); row++) {
      Region region = sample.probe(row).vantage().region();
      int at = 0;
      while (at < parts.size() && !parts.get(at).region.equals(region)) {
        at++;
      }
      if (at == parts.size()) {
        parts.add(new Part(region));
      }
      parts.get(at).add(sample, row);
    }
    return parts;
  }
}
