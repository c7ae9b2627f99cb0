package parallax.bench.compare.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;

/**
 * The probes, in the order of the schedule: those of one region are neighbours. A set of probes is
 * a set of the bits of their indexes.
 */
public record Vantages(List<Vantage> probes) {
  /** The regions, each with the same number of probes. */
  public static final List<Region> REGIONS =
      List.of(
          new Region("na-east"),
          new Region("na-west"),
          new Region("sa-east"),
          new Region("eu-west"),
          new Region("as-east"),
          new Region("oc-south"));

  /** More probes than this do not fit a set. */
  public static final int MAX_PER_REGION = 5;

  /** The last probes of the regions of the key and of the value share a network. */
  private static final Map<Integer, Integer> SHARED_NETWORKS = Map.of(3, 0, 4, 1);

  private static final long FIRST_ASN = 64_501;

  public Vantages {
    probes = List.copyOf(probes);
  }

  /** Every probe in a network of its own, but for two networks that span two regions each. */
  public static Vantages perRegion(int count) {
    if (count < 1 || count > MAX_PER_REGION) {
      throw new IllegalArgumentException("1 to " + MAX_PER_REGION + " probes a region");
    }
    List<Vantage> probes = new ArrayList<>();
    for (int region = 0; region < REGIONS.size(); region++) {
      for (int place = 0; place < count; place++) {
        boolean last = place == count - 1;
        int home = last ? SHARED_NETWORKS.getOrDefault(region, region) : region;
        probes.add(
            new Vantage(
                new ProbeName(String.format(Locale.ROOT, "p%02d", probes.size() + 1)),
                REGIONS.get(region),
                Optional.of(FIRST_ASN + (long) home * count + place)));
      }
    }
    return new Vantages(probes);
  }

  public int size() {
    return probes.size();
  }

  /** The place of a probe's region among {@link #REGIONS}. */
  public int region(int probe) {
    return probe * REGIONS.size() / size();
  }

  /** The place of a probe by its name. */
  public int indexOf(ProbeName name) {
    for (int probe = 0; probe < size(); probe++) {
      if (probes.get(probe).probe().equals(name)) {
        return probe;
      }
    }
    throw new IllegalArgumentException("no such probe: " + name);
  }

  /** All probes. */
  public int all() {
    return where(_ -> true);
  }

  public int inRegions(Collection<Region> regions) {
    return where(vantage -> regions.contains(vantage.region()));
  }

  /** The probes of each network, no two the same. */
  public List<Integer> networks() {
    return probes.stream()
        .map(one -> where(vantage -> vantage.asn().equals(one.asn())))
        .distinct()
        .toList();
  }

  /** The probes that the name of a culprit on our side speaks of; none when it names no such. */
  public int named(String culprit) {
    return where(
        vantage ->
            culprit.equals("probe:" + vantage.probe())
                || culprit.equals("region:" + vantage.region())
                || culprit.equals("network:AS" + vantage.asn().orElseThrow()));
  }

  private int where(Predicate<Vantage> condition) {
    int set = 0;
    for (int probe = 0; probe < size(); probe++) {
      if (condition.test(probes.get(probe))) {
        set |= 1 << probe;
      }
    }
    return set;
  }
}
