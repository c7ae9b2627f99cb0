package parallax.coordinator.core.property;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import parallax.config.check.CheckKind;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Vantage;
import parallax.config.target.Region;
import parallax.config.target.TargetName;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.Watched;

/**
 * Who watches what, how often, and what goes wrong.
 *
 * @param seconds how long it lasts
 */
record Plot(List<Vantage> probes, List<Watched> targets, List<Trouble> troubles, int seconds) {
  /** By now every probe looked at every target. */
  static final int SETTLED = 70;

  private static final List<Integer> INTERVALS = List.of(20, 30, 60);
  private static final List<Integer> FLEETS = List.of(1, 2, 3, 4, 6, 9, 12);
  private static final int MOST_REGIONS = 6;
  private static final int MOST_TARGETS = 5;
  private static final int MOST_TROUBLES = 5;
  private static final List<Double> PARTS = List.of(1.0, 0.5, 0.2);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  Plot {
    probes = List.copyOf(probes);
    targets = List.copyOf(targets);
    troubles = List.copyOf(troubles);
  }

  /** Any fleet that looks at some targets, and nothing goes wrong. */
  static Plot quiet(Random random, int seconds) {
    int size = FLEETS.get(random.nextInt(FLEETS.size()));
    int regions = 1 + random.nextInt(Math.min(size, MOST_REGIONS));
    int networks = 1 + random.nextInt(size);
    List<Vantage> probes = new ArrayList<>();
    for (int probe = 0; probe < size; probe++) {
      Optional<Long> asn =
          random.nextInt(8) == 0 ? Optional.empty() : Optional.of(64_500L + probe % networks);
      probes.add(new Vantage(new ProbeName("p" + probe), new Region("r" + probe % regions), asn));
    }
    int count = 1 + random.nextInt(MOST_TARGETS);
    List<Watched> targets = new ArrayList<>();
    for (int target = 0; target < count; target++) {
      targets.add(watched(random, target, regions));
    }
    return new Plot(probes, targets, List.of(), seconds);
  }

  /**
   * A fleet that can tell its own trouble from that of targets: many probes, each in a network of
   * its own, in many regions, and many targets that share nothing.
   */
  static Plot wide(Random random, int seconds) {
    int size = 6 + random.nextInt(4);
    int regions = 3 + random.nextInt(2);
    List<Vantage> probes = new ArrayList<>();
    for (int probe = 0; probe < size; probe++) {
      Region region = new Region("r" + probe % regions);
      probes.add(new Vantage(new ProbeName("p" + probe), region, Optional.of(64_500L + probe)));
    }
    int count = 5 + random.nextInt(2);
    List<Watched> targets = new ArrayList<>();
    for (int target = 0; target < count; target++) {
      int interval = INTERVALS.get(random.nextInt(INTERVALS.size()));
      targets.add(watched(target, interval, List.of(), "cdn-" + target));
    }
    return new Plot(probes, targets, List.of(), seconds);
  }

  /** A fleet that is just large enough to tell for whom something fails, and some targets. */
  static Plot small(Random random, int seconds) {
    int size = 3 + random.nextInt(4);
    int regions = 2 + random.nextInt(size - 1);
    int networks = 1 + random.nextInt(size);
    List<Vantage> probes = new ArrayList<>();
    for (int probe = 0; probe < size; probe++) {
      Optional<Long> asn = Optional.of(64_500L + probe % networks);
      probes.add(new Vantage(new ProbeName("p" + probe), new Region("r" + probe % regions), asn));
    }
    int count = 1 + random.nextInt(MOST_TARGETS);
    int providers = 1 + random.nextInt(count);
    List<Watched> targets = new ArrayList<>();
    for (int target = 0; target < count; target++) {
      int interval = INTERVALS.get(random.nextInt(INTERVALS.size()));
      targets.add(watched(target, interval, List.of(), "cdn-" + target % providers));
    }
    return new Plot(probes, targets, List.of(), seconds);
  }

  /** The same with all targets on one provider. */
  Plot onOneProvider() {
    List<Watched> same = new ArrayList<>();
    for (int target = 0; target < targets.size(); target++) {
      int interval = (int) targets.get(target).checks().getFirst().interval().toSeconds();
      same.add(watched(target, interval, List.of(), "cdn-0"));
    }
    return new Plot(probes, same, troubles, seconds);
  }

  private static Watched watched(Random random, int target, int regions) {
    List<Region> from =
        random.nextInt(6) == 0 ? List.of(new Region("r" + random.nextInt(regions))) : List.of();
    int interval = INTERVALS.get(random.nextInt(INTERVALS.size()));
    return watched(target, interval, from, "cdn-" + random.nextInt(2));
  }

  private static Watched watched(int target, int interval, List<Region> from, String provider) {
    Dependency shared = new Dependency(DependencyKind.CDN, provider);
    return new Watched(
        new TargetName("t" + target),
        from,
        List.of(new Cadence(CheckKind.HTTP, Duration.ofSeconds(interval), TIMEOUT)),
        new Dependencies(List.of(shared), List.of()),
        List.of(),
        0);
  }

  Plot with(List<Trouble> other) {
    return new Plot(probes, targets, other, seconds);
  }

  /**
   * The same with troubles of some kinds.
   *
   * @param whose which probes may be hit, by index
   * @param until when all of them are over, in seconds
   */
  Plot troubled(Random random, List<Trouble.Kind> kinds, IntPredicate whose, int until) {
    List<Trouble> more = new ArrayList<>(troubles);
    int count = 1 + random.nextInt(MOST_TROUBLES);
    for (int number = 0; number < count; number++) {
      int from = SETTLED + random.nextInt(until - SETTLED - 10);
      more.add(
          new Trouble(
              kinds.get(random.nextInt(kinds.size())),
              from,
              Math.min(until, from + 10 + random.nextInt(until - SETTLED)),
              part(random, probes.size(), whose),
              part(random, targets.size(), _ -> true),
              PARTS.get(random.nextInt(PARTS.size()))));
    }
    return with(more);
  }

  /**
   * The same with targets that fail, some times for a while and in the end perhaps for good.
   *
   * @param whose for whom, by index
   * @param targets so many of them may
   * @param settled when the last trouble has begun or is over, in seconds
   */
  Plot withVictims(
      Random random, List<Trouble.Kind> kinds, Set<Integer> whose, int targets, int settled) {
    List<Trouble> more = new ArrayList<>(troubles);
    int count = 1 + random.nextInt(3);
    for (int number = 0; number < count; number++) {
      int from = SETTLED + random.nextInt(settled - SETTLED - 10);
      int until = Math.min(settled, from + 10 + random.nextInt(settled - SETTLED));
      Trouble.Kind kind = kinds.get(random.nextInt(kinds.size()));
      Set<Integer> victims = Set.of(random.nextInt(targets));
      more.add(new Trouble(kind, from, until == settled ? seconds : until, whose, victims, 1));
    }
    return with(more);
  }

  private static Set<Integer> part(Random random, int of, IntPredicate which) {
    List<Integer> all = IntStream.range(0, of).filter(which).boxed().toList();
    double share = PARTS.get(random.nextInt(PARTS.size()));
    Set<Integer> some =
        all.stream()
            .filter(_ -> random.nextDouble() < share)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return some.isEmpty() ? Set.copyOf(all) : some;
  }

  Set<Integer> everybody() {
    return IntStream.range(0, probes.size()).boxed().collect(Collectors.toSet());
  }

  Set<Integer> everything() {
    return IntStream.range(0, targets.size()).boxed().collect(Collectors.toSet());
  }

  /** A region from which more than one probe looks. */
  Region someRegion(Random random) {
    List<Region> regions =
        probes.stream()
            .map(Vantage::region)
            .distinct()
            .filter(region -> of(region).size() > 1)
            .toList();
    return regions.get(random.nextInt(regions.size()));
  }

  /** The probes of a region, by index. */
  Set<Integer> of(Region region) {
    return IntStream.range(0, probes.size())
        .filter(probe -> probes.get(probe).region().equals(region))
        .boxed()
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
