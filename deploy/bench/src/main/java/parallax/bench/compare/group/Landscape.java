package parallax.bench.compare.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import parallax.bench.compare.run.Look;
import parallax.config.check.CheckKind;
import parallax.config.target.TargetName;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.Watched;

/**
 * Targets and what they stand on, drawn at random.
 *
 * @param dependants the targets, by index, that stand on each dependency
 */
record Landscape(List<Watched> targets, SortedMap<Dependency, List<Integer>> dependants) {
  static final List<Cadence> CADENCES =
      List.of(
          cadence(CheckKind.REGISTRATION, 900),
          cadence(CheckKind.DELEGATION, 300),
          cadence(CheckKind.DNS_AUTH, 60),
          cadence(CheckKind.HTTP, 60));

  private static final int CDNS = 8;
  private static final double BEHIND_A_CDN = 0.5;
  private static final int CLOUDS = 4;
  private static final int REGIONS_OF_A_CLOUD = 3;
  private static final int NAME_SERVER_PROVIDERS = 15;
  private static final int TLDS = 10;
  private static final int REGISTRIES = 7;
  private static final int REGISTRARS = 12;
  private static final int CAS = 6;

  /** So many targets an operator has on average, rounded up. */
  private static final double TARGETS_OF_AN_OPERATOR = 200.0 / 60;

  private static final int FIRST_CDN_ASN = 64_700;
  private static final int FIRST_CLOUD_ASN = 64_720;

  static Landscape draw(int targets, SplittableRandom random) {
    int operators = (int) Math.ceil(targets / TARGETS_OF_AN_OPERATOR);
    List<Watched> watched = new ArrayList<>();
    SortedMap<Dependency, List<Integer>> dependants = new TreeMap<>();
    for (int target = 0; target < targets; target++) {
      List<Dependency> shared = shared(operators, random);
      for (Dependency dependency : shared) {
        dependants.computeIfAbsent(dependency, _ -> new ArrayList<>()).add(target);
      }
      watched.add(watched(target, shared));
    }
    return new Landscape(List.copyOf(watched), dependants);
  }

  /** The targets that stand on {@code dependency}. */
  List<Integer> dependantsOf(Dependency dependency) {
    return dependants.getOrDefault(dependency, List.of());
  }

  /** Those that no look at these targets could tell from {@code dependency}, and itself. */
  List<Dependency> alike(Dependency dependency) {
    return dependants.keySet().stream()
        .filter(other -> dependantsOf(other).equals(dependantsOf(dependency)))
        .toList();
  }

  private static List<Dependency> shared(int operators, SplittableRandom random) {
    List<Dependency> shared = new ArrayList<>();
    int cloud = random.nextInt(CLOUDS);
    int tld = random.nextInt(TLDS);
    if (random.nextDouble() < BEHIND_A_CDN) {
      int cdn = random.nextInt(CDNS);
      shared.add(dependency(DependencyKind.CDN, "cdn-", cdn));
      shared.add(dependency(DependencyKind.SERVER_ASN, "", FIRST_CDN_ASN + cdn));
    } else {
      shared.add(dependency(DependencyKind.SERVER_ASN, "", FIRST_CLOUD_ASN + cloud));
    }
    String region = "cloud-" + cloud + "/region-";
    shared.add(dependency(DependencyKind.CLOUD, region, random.nextInt(REGIONS_OF_A_CLOUD)));
    shared.add(dependency(DependencyKind.TLD, "tld", tld));
    shared.add(dependency(DependencyKind.REGISTRY, "registry-", tld % REGISTRIES));
    shared.add(dependency(DependencyKind.REGISTRAR, "registrar-", random.nextInt(REGISTRARS)));
    shared.add(
        dependency(DependencyKind.NAME_SERVERS, "dns-", random.nextInt(NAME_SERVER_PROVIDERS)));
    shared.add(dependency(DependencyKind.CA, "ca-", random.nextInt(CAS)));
    shared.add(dependency(DependencyKind.OPERATOR, "operator-", random.nextInt(operators)));
    return shared;
  }

  private static Dependency dependency(DependencyKind kind, String prefix, int number) {
    return new Dependency(kind, prefix + number);
  }

  private static Watched watched(int number, List<Dependency> shared) {
    return new Watched(
        new TargetName(String.format(Locale.ROOT, "t%03d", number)),
        List.of(),
        CADENCES,
        new Dependencies(shared, List.of()),
        List.of(),
        0);
  }

  private static Cadence cadence(CheckKind check, int seconds) {
    return new Cadence(check, Duration.ofSeconds(seconds), Look.TIMEOUT);
  }
}
