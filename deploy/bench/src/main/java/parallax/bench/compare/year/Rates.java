package parallax.bench.compare.year;

import java.time.Duration;
import java.util.List;

/**
 * How often what fails, and for how long. No published rates are good enough to rest on: all of
 * these are assumptions, and the comparison is one of rules under the same assumptions.
 *
 * @param name as chosen on the command line
 * @param loss the median share of attempts that fail for no reason, of a probe and a target
 * @param burst trouble of the path between a probe and a target
 * @param probe trouble of a probe
 * @param region trouble of all probes of a region, with all targets
 * @param network trouble of all probes of a network, with all targets
 */
public record Rates(
    String name, double loss, Poisson burst, Poisson probe, Poisson region, Poisson network) {

  /**
   * Trouble that begins at random, at any time as likely as at any other.
   *
   * @param every the mean time between two beginnings
   * @param mean the mean length, exponentially distributed
   * @param share of attempts that fail
   */
  public record Poisson(Duration every, Duration mean, double share) {
    private Poisson timesAsOften(int times) {
      return new Poisson(every.dividedBy(times), mean, share);
    }
  }

  /** The spread of {@link #loss} over the paths: sigma of a lognormal distribution. */
  static final double LOSS_SIGMA = 0.5;

  /** Of the troubles of a probe; all attempts fail in the rest of them. */
  static final double PROBE_FAILS_HALF = 0.25;

  /** Of the troubles of a probe: neither results nor signs of life come. */
  static final double PROBE_IS_SILENT = 0.25;

  /** True events of each target in a year. */
  static final int GLOBALS = 12;

  static final int PARTIALS = 12;
  static final int REGIONALS = 6;

  /** The share of attempts that fail in a global event is at least this. */
  static final double GLOBAL_LEAST = 0.98;

  static final double REGIONAL_SHARE = 0.98;

  static final List<Double> PARTIAL_SHARES = List.of(0.1, 0.2, 0.3, 0.5, 0.7);

  /** Of the partial events: a share of the probes always fails. */
  static final double STICKY = 0.5;

  static final Lengths GLOBAL_LENGTHS =
      new Lengths(Duration.ofMinutes(10), 1, Duration.ofSeconds(45));
  static final Lengths PARTIAL_LENGTHS =
      new Lengths(Duration.ofMinutes(30), 0.8, Duration.ofMinutes(5));
  static final Duration REGIONAL_SHORTEST = Duration.ofMinutes(5);
  static final Duration REGIONAL_LONGEST = Duration.ofMinutes(40);

  /** No length is drawn longer than this. */
  static final Duration LONGEST = Duration.ofHours(24);

  /** Between two true events of a target, and before the first. */
  static final Duration APART = Duration.ofMinutes(30);

  /** A lognormal distribution of lengths. */
  record Lengths(Duration median, double sigma, Duration least) {}

  private static final Rates BASE =
      new Rates(
          "base",
          0.002,
          new Poisson(Duration.ofDays(1), Duration.ofSeconds(60), 0.6),
          new Poisson(Duration.ofDays(30), Duration.ofMinutes(20), 1),
          new Poisson(Duration.ofDays(45), Duration.ofMinutes(15), 0.98),
          new Poisson(Duration.ofDays(90), Duration.ofMinutes(15), 0.7));

  /** What can be chosen. */
  public static final List<Rates> PRESETS =
      List.of(
          BASE,
          new Rates("loss1", 0.01, BASE.burst, BASE.probe, BASE.region, BASE.network),
          new Rates(
              "faultsX5",
              BASE.loss,
              BASE.burst,
              BASE.probe.timesAsOften(5),
              BASE.region.timesAsOften(5),
              BASE.network.timesAsOften(5)));
}
