package parallax.bench.compare.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import parallax.bench.compare.run.Alarm;
import parallax.bench.compare.run.CoreListener;
import parallax.bench.compare.run.Simulation;
import parallax.bench.compare.run.Vantages;
import parallax.bench.compare.year.Draws;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;

/**
 * Trials of one landscape each, drawn anew.
 *
 * @param targets how many there are
 */
public record Trials(int targets, Vantages vantages, long seed) {
  /** The cause of a trial in which two targets break, each by itself. */
  public static final String UNRELATED = "two unrelated";

  private static final long QUIET = Duration.ofMinutes(5).toMillis();
  private static final long BROKEN = Duration.ofMinutes(20).toMillis();

  /** The interval of web checks: breakages begin anywhere in it. */
  private static final int PHASE = (int) Duration.ofMinutes(1).toMillis();

  /** Two outages that begin further apart than this are not taken for one. */
  private static final int WINDOW = (int) Duration.ofMinutes(4).toMillis();

  private static final int FEWEST_DEPENDANTS = 3;
  private static final double MEMBER_IS_HIT = 0.95;

  /** Something breaks that at least three targets stand on. */
  public Trial shared(int number) {
    long key = Draws.key(seed, 2L * number);
    SplittableRandom random = new SplittableRandom(Draws.mix(key));
    Landscape landscape = Landscape.draw(targets, random);
    Dependency broken = breakable(landscape, random);
    List<Integer> hit = new ArrayList<>();
    for (int target : landscape.dependantsOf(broken)) {
      if (random.nextDouble() < MEMBER_IS_HIT) {
        hit.add(target);
      }
    }
    Breakage breakage =
        new Breakage(hit, begin(random), Breakage.symptomsOf(broken.kind(), random));
    List<String> names = landscape.alike(broken).stream().map(Dependency::toString).toList();
    List<Alarm> pages = pages(new BrokenWorld(landscape, vantages, List.of(breakage), key));
    Optional<Alarm> largest =
        pages.stream().max(Comparator.comparingLong(page -> hitBy(page, breakage)));
    return new Trial(
        broken.kind().toString(),
        largest.filter(page -> names.contains(page.last().culprit())).isPresent(),
        largest.filter(page -> names.contains(page.at(page.published()).culprit())).isPresent(),
        pages.size(),
        hit.size(),
        missing(pages, hit),
        strangers(pages, hit),
        false,
        words(number, broken + " of " + hit, pages));
  }

  /**
   * Two targets break, each by itself, one shortly after the other. As they are drawn at random,
   * they may well stand on the same things.
   */
  public Trial unrelated(int number) {
    long key = Draws.key(seed, 2L * number + 1);
    SplittableRandom random = new SplittableRandom(Draws.mix(key));
    Landscape landscape = Landscape.draw(targets, random);
    int first = random.nextInt(targets);
    int second = (first + 1 + random.nextInt(targets - 1)) % targets;
    long begin = begin(random);
    List<Breakage> breakages =
        List.of(alone(first, begin, random), alone(second, begin + random.nextInt(WINDOW), random));
    List<Alarm> pages = pages(new BrokenWorld(landscape, vantages, breakages, key));
    List<Integer> hit = List.of(first, second);
    return new Trial(
        UNRELATED,
        pages.stream().allMatch(page -> isAlone(page.last())),
        pages.stream().allMatch(page -> isAlone(page.at(page.published()))),
        pages.size(),
        hit.size(),
        missing(pages, hit),
        strangers(pages, hit),
        pages.stream().anyMatch(page -> page.targets().containsAll(hit)),
        words(number, first + " and " + second, pages));
  }

  private static boolean isAlone(Alarm.Label label) {
    return label.culprit().startsWith("target:");
  }

  private static Breakage alone(int target, long begin, SplittableRandom random) {
    List<DependencyKind> kinds = Breakage.KINDS;
    DependencyKind layer = kinds.get(random.nextInt(kinds.size()));
    return new Breakage(List.of(target), begin, Breakage.symptomsOf(layer, random));
  }

  private static long begin(SplittableRandom random) {
    return QUIET + random.nextInt(PHASE);
  }

  private static Dependency breakable(Landscape landscape, SplittableRandom random) {
    while (true) {
      DependencyKind kind = Breakage.KINDS.get(random.nextInt(Breakage.KINDS.size()));
      List<Dependency> ofKind =
          landscape.dependants().keySet().stream()
              .filter(one -> one.kind() == kind)
              .filter(one -> landscape.dependantsOf(one).size() >= FEWEST_DEPENDANTS)
              .toList();
      if (!ofKind.isEmpty()) {
        return ofKind.get(random.nextInt(ofKind.size()));
      }
    }
  }

  private static List<Alarm> pages(BrokenWorld world) {
    CoreListener core = new CoreListener(world);
    new Simulation(world, List.of(core)).run(QUIET + PHASE + WINDOW + BROKEN);
    return core.alarms().stream()
        .filter(alarm -> alarm.isPublished() && !alarm.targets().isEmpty())
        .toList();
  }

  private static long hitBy(Alarm page, Breakage breakage) {
    return page.targets().stream().filter(breakage.targets()::contains).count();
  }

  private static int missing(List<Alarm> pages, List<Integer> hit) {
    return (int)
        hit.stream()
            .filter(target -> pages.stream().noneMatch(page -> page.targets().contains(target)))
            .count();
  }

  private static int strangers(List<Alarm> pages, List<Integer> hit) {
    return (int)
        pages.stream()
            .flatMap(page -> page.targets().stream())
            .filter(target -> !hit.contains(target))
            .distinct()
            .count();
  }

  private static String words(int number, String truth, List<Alarm> pages) {
    StringBuilder words = new StringBuilder("trial " + number + ": " + truth);
    for (Alarm page : pages) {
      words.append("; ").append(Simulation.instant(page.opened())).append(' ');
      words.append(page.targets()).append(' ').append(page.labels());
    }
    return words.toString();
  }
}
