package parallax.coordinator.core.verdict;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.ToIntFunction;
import parallax.coordinator.core.fleet.Probe;

/**
 * What explains the looks at one target: a hierarchical Bayesian model of five explanations, in
 * which trouble of one path, region or network is an explanation of its own. So one probe, region
 * or network can contribute only a bounded amount of evidence, however often it looks: a sequential
 * probability ratio test (Wald 1945) without its assumption of independence.
 *
 * <p>With {@code f} the probe's own rate of false alarms, a probe that saw n failures and o
 * successes has the likelihoods
 *
 * <pre>
 * up  = (1-c) f^n (1-f)^o + c 0.6^n 0.4^o    the target is up; c: trouble on this one path
 * aff = (1-m)^n m^o                          the target is down for it; m: a lucky success
 * </pre>
 *
 * and the explanations are
 *
 * <pre>
 * nothing   prod over regions [ (1-r) prod up + r prod aff ]
 * network   nothing, with aff for every probe of one network or resolver
 * global    prod [ (1-e) aff + e up ]        e: a probe that lies, or is served from a cache
 * partial   mean over shares t of 1/2 [ t^n (1-t)^o + prod (t aff + (1-t) up) ]
 * regional  prod over regions 1/2 [ prod up + prod aff ]
 * </pre>
 *
 * <p>Regions of which each is down are the whole world: that part of regional is global's. Without
 * that a fleet of some hundred probes that all see it fail would be taken for so many regions in
 * trouble, since global alone pays for each probe that might have lied, and did not.
 */
public final class ScopeModel {
  private static final double PATH_TROUBLE = 0.003;
  private static final double PATH_FAILS = 0.6;
  private static final double LUCKY = 0.03;
  private static final double REGION_TROUBLE = 0.002;
  private static final double GROUP_TROUBLE = 0.001;
  private static final double LIAR = 0.02;
  private static final double[] SHARES = {.1, .2, .35, .5, .65, .8};

  private final Sample sample;
  private final double[] up;
  private final double[] affected;

  /** The number of a row's region, in the order of their first rows. */
  private final int[] regionOf;

  private final int regions;

  /** What the looks from each region say together, if it is up for all of them. */
  private final Products fine;

  /** The same if it is down for all of them. */
  private final Products hit;

  private ScopeModel(Sample sample) {
    this.sample = sample;
    up = new double[sample.rows()];
    affected = new double[sample.rows()];
    regionOf = new int[sample.rows()];
    for (int row = 0; row < sample.rows(); row++) {
      up[row] = up(sample, row);
      affected[row] = affected(sample, row);
    }
    regions = number(sample, regionOf);
    fine = new Products(regions);
    hit = new Products(regions);
    for (int row = 0; row < sample.rows(); row++) {
      fine.times(regionOf[row], up[row]);
      hit.times(regionOf[row], affected[row]);
    }
  }

  /** Numbers the regions in the order in which they come, and says how many there are. */
  private static int number(Sample sample, int[] regionOf) {
    int most = -1;
    for (int row = 0; row < sample.rows(); row++) {
      most = Math.max(most, sample.probe(row).region());
    }
    int[] numbers = new int[most + 1];
    int known = 0;
    for (int row = 0; row < sample.rows(); row++) {
      int region = sample.probe(row).region();
      if (numbers[region] == 0) {
        known++;
        numbers[region] = known;
      }
      regionOf[row] = numbers[region] - 1;
    }
    return known;
  }

  /** How likely what a probe saw is while the target is up. */
  public static double up(Sample sample, int row) {
    int failed = sample.failed(row);
    int fine = sample.fine(row);
    double f = sample.probe(row).trust().falseAlarm();
    return (1 - PATH_TROUBLE) * power(f, failed) * power(1 - f, fine)
        + PATH_TROUBLE * power(PATH_FAILS, failed) * power(1 - PATH_FAILS, fine);
  }

  /** How likely it is while the target is down for that probe. */
  public static double affected(Sample sample, int row) {
    return power(1 - LUCKY, sample.failed(row)) * power(LUCKY, sample.fine(row));
  }

  /**
   * How likely the explanations were before the looks; nothing has the rest.
   *
   * @param global that the target is down for everybody
   * @param partial for a part of the requests or places
   * @param regional for whole regions
   */
  public record Priors(double global, double partial, double regional) {
    /**
     * Priors for a fleet that suspects something so often: the noisier, the more evidence is asked
     * for.
     *
     * @param suspicions of one target and kind of check in a year
     */
    public static Priors of(double suspicions) {
      return new Priors(
          Math.min(6e-4, 12 / suspicions),
          Math.min(4e-4, 12 / suspicions),
          Math.min(2e-4, 4 / suspicions));
    }
  }

  /**
   * How likely the explanations are after the looks.
   *
   * @param network the likeliest network or resolver, as the slot of its first probe; -1: none
   * @param isResolver whether {@code network} is a resolver
   * @param region the region whose trouble explains most, as the slot of its first probe; -1: none
   * @param regionTrouble how much of the likelihood of that region is trouble of all of it, from 0
   *     to 1
   */
  public record Weighed(
      double nothing,
      double global,
      double partial,
      double regional,
      double networks,
      int network,
      boolean isResolver,
      int region,
      double regionTrouble) {
    /** That something is wrong with the target. */
    public double bad() {
      return Math.min(1, global + partial + regional);
    }
  }

  /** Weighs the explanations. */
  public static Weighed weigh(Sample sample, Priors priors) {
    ScopeModel model = new ScopeModel(sample);
    double nothing = model.nothing(model.fine);
    double everywhere = model.everyRegion();
    double global =
        added(Math.log(priors.global()) + model.global(), Math.log(priors.regional()) + everywhere);
    double partial = Math.log(priors.partial()) + model.partial();
    double regional = Math.log(priors.regional()) + without(model.regional(), everywhere);
    // What everybody is in explains nothing: trouble of it and of the target look the same, and
    // nobody could tell them apart.
    Suspect network = sample.isOfOneNetwork() ? Suspect.NONE : model.likeliestGroup(Probe::network);
    Suspect resolver =
        sample.isOfOneResolver() ? Suspect.NONE : model.likeliestGroup(Probe::resolver);
    boolean isResolver = resolver.likelihood() > network.likelihood();
    Suspect group = isResolver ? resolver : network;
    double networks = Math.log(GROUP_TROUBLE) + group.likelihood();
    double most =
        Math.max(Math.max(nothing, networks), Math.max(global, Math.max(partial, regional)));
    double sum =
        Math.exp(nothing - most)
            + Math.exp(networks - most)
            + Math.exp(global - most)
            + Math.exp(partial - most)
            + Math.exp(regional - most);
    Suspect region = model.likeliestRegion();
    return new Weighed(
        Math.exp(nothing - most) / sum,
        Math.exp(global - most) / sum,
        Math.exp(partial - most) / sum,
        Math.exp(regional - most) / sum,
        Math.exp(networks - most) / sum,
        group.slot(),
        isResolver,
        region.slot(),
        region.likelihood());
  }

  /** How much one row speaks for an outage: the logarithm of the ratio of likelihoods, bounded. */
  public static double weight(Probe probe, boolean failed) {
    Sample one = new Sample(1);
    one.add(probe, failed ? 1 : 0, failed ? 0 : 1);
    ScopeModel model = new ScopeModel(one);
    return Math.log(model.affected[0] / model.up[0]);
  }

  private record Suspect(int slot, double likelihood) {
    static final Suspect NONE = new Suspect(-1, Double.NEGATIVE_INFINITY);
  }

  /** Logarithm of the likelihood of nothing. */
  private double nothing(Products looks) {
    double sum = 0;
    for (int region = 0; region < regions; region++) {
      sum += mixed(1 - REGION_TROUBLE, looks.log(region), REGION_TROUBLE, hit.log(region));
    }
    return sum;
  }

  /** The same, with the rows of a group affected. */
  private double nothing(ToIntFunction<Probe> group, int slot) {
    Products looks = new Products(regions);
    for (int row = 0; row < sample.rows(); row++) {
      boolean within = group.applyAsInt(sample.probe(row)) == slot;
      looks.times(regionOf[row], within ? affected[row] : up[row]);
    }
    return nothing(looks);
  }

  private double global() {
    Product product = new Product();
    for (int row = 0; row < sample.rows(); row++) {
      product.times((1 - LIAR) * affected[row] + LIAR * up[row]);
    }
    return product.log();
  }

  private double partial() {
    int failed = sample.failedLooks();
    int fine = sample.fineLooks();
    double sum = Double.NEGATIVE_INFINITY;
    for (double share : SHARES) {
      double each = failed * Math.log(share) + fine * Math.log1p(-share);
      Product sticky = new Product();
      for (int row = 0; row < sample.rows(); row++) {
        sticky.times(share * affected[row] + (1 - share) * up[row]);
      }
      sum = added(sum, mixed(.5, each, .5, sticky.log()));
    }
    return sum - Math.log(SHARES.length);
  }

  private double regional() {
    double sum = 0;
    for (int region = 0; region < regions; region++) {
      sum += mixed(.5, fine.log(region), .5, hit.log(region));
    }
    return sum;
  }

  /** The part of {@link #regional} in which none of the regions is spared. */
  private double everyRegion() {
    double sum = 0;
    for (int region = 0; region < regions; region++) {
      sum += Math.log(.5) + hit.log(region);
    }
    return sum;
  }

  /** Of the groups that see failures and span regions the one whose trouble explains most. */
  private Suspect likeliestGroup(ToIntFunction<Probe> group) {
    Suspect best = Suspect.NONE;
    BitSet weighed = new BitSet();
    for (int row = 0; row < sample.rows(); row++) {
      int slot = group.applyAsInt(sample.probe(row));
      if (sample.failed(row) > 0 && !weighed.get(slot)) {
        weighed.set(slot);
        if (spansRegions(group, slot)) {
          double likelihood = nothing(group, slot);
          best = likelihood > best.likelihood() ? new Suspect(slot, likelihood) : best;
        }
      }
    }
    return best;
  }

  private boolean spansRegions(ToIntFunction<Probe> group, int slot) {
    int region = -1;
    for (int row = 0; row < sample.rows(); row++) {
      if (group.applyAsInt(sample.probe(row)) == slot) {
        if (region >= 0 && sample.probe(row).region() != region) {
          return true;
        }
        region = sample.probe(row).region();
      }
    }
    return false;
  }

  private Suspect likeliestRegion() {
    Suspect best = new Suspect(-1, 0);
    boolean[] weighed = new boolean[regions];
    for (int row = 0; row < sample.rows(); row++) {
      int region = regionOf[row];
      if (sample.failed(row) > 0 && !weighed[region]) {
        weighed[region] = true;
        double down = Math.log(REGION_TROUBLE) + hit.log(region);
        double works = Math.log1p(-REGION_TROUBLE) + fine.log(region);
        double share = 1 / (1 + Math.exp(works - down));
        best = share > best.likelihood() ? new Suspect(sample.probe(row).region(), share) : best;
      }
    }
    return best;
  }

  private static double mixed(double a, double logOne, double b, double logOther) {
    return added(Math.log(a) + logOne, Math.log(b) + logOther);
  }

  /** The logarithm of the sum of what two logarithms stand for. */
  private static double added(double one, double other) {
    double most = Math.max(one, other);
    return most == Double.NEGATIVE_INFINITY
        ? most
        : most + Math.log1p(Math.exp(Math.min(one, other) - most));
  }

  /** The logarithm of what is left of a sum without a part of it. */
  private static double without(double sum, double part) {
    return sum + Math.log1p(-Math.exp(Math.min(0, part - sum)));
  }

  private static double power(double base, int exponent) {
    double power = 1;
    for (int times = 0; times < exponent; times++) {
      power *= base;
    }
    return power;
  }

  /** A product of many small factors, without underflow. */
  private static final class Product {
    private final Products one = new Products(1);

    void times(double factor) {
      one.times(0, factor);
    }

    double log() {
      return one.log(0);
    }
  }

  /** Several such products, by number. */
  private static final class Products {
    private static final double SMALL = 1e-200;
    private final double[] products;
    private final double[] logs;

    Products(int count) {
      products = new double[count];
      Arrays.fill(products, 1);
      logs = new double[count];
    }

    void times(int number, double factor) {
      double product = products[number] * factor;
      if (product < SMALL) {
        logs[number] += Math.log(product);
        product = 1;
      }
      products[number] = product;
    }

    double log(int number) {
      return logs[number] + Math.log(products[number]);
    }
  }
}
