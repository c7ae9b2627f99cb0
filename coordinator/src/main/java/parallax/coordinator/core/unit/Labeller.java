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

  /** The share of looks that fail where it is hit, and where it is not. */
  private static final double HIT = 0.95;

  private static final double WELL = 0.01;

  /** By so much it must be better explained otherwise before regions are not named any more. */
  private static final double HYSTERESIS = 3;

  private Labeller() {}

  private record Part(Region region, int probes, int failingProbes, int failed, int fine) {
    double share() {
      return (double) failed / (failed + fine);
    }

    double hit() {
      return failed * Math.log(HIT) + fine * Math.log1p(-HIT);
    }

    double well() {
      return failed * Math.log(WELL) + fine * Math.log1p(-WELL);
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
    List<Part> hit = parts.stream().filter(part -> part.hit() > part.well()).toList();
    double regional = parts.size() * Math.log(.5);
    for (Part part : parts) {
      regional += Math.max(part.hit(), part.well());
    }
    double stay = before == Scope.REGIONAL ? HYSTERESIS : 0;
    int confirmed = hit.stream().mapToInt(Part::failingProbes).sum();
    boolean some = !hit.isEmpty() && hit.size() < parts.size() && confirmed > 1;
    if (some && regional + stay > partial(sample, share)) {
      return new Label(Scope.REGIONAL, hit.stream().map(Part::region).toList(), probability);
    }
    return Label.of(Scope.PARTIAL, probability);
  }

  /** How well a part of the requests, or a part of the places, explains the looks. */
  private static double partial(Sample sample, double share) {
    double requests = 0;
    double places = 0;
    double part = Math.clamp((double) sample.failingProbes() / sample.rows(), .05, .95);
    double likely = Math.clamp(share, .05, .95);
    for (int row = 0; row < sample.rows(); row++) {
      int failed = sample.failed(row);
      int fine = sample.fine(row);
      requests += failed * Math.log(likely) + fine * Math.log1p(-likely);
      double hit = Math.pow(HIT, failed) * Math.pow(1 - HIT, fine);
      double well = Math.pow(WELL, failed) * Math.pow(1 - WELL, fine);
      places += Math.log(part * hit + (1 - part) * well);
    }
    return Math.max(requests, places);
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
