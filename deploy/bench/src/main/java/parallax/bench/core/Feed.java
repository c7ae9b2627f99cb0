package parallax.bench.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import parallax.bench.compare.run.Vantages;
import parallax.config.check.CheckKind;
import parallax.config.observation.Facts;
import parallax.config.observation.Layer;
import parallax.config.observation.Observation;
import parallax.config.observation.ObservationId;
import parallax.config.observation.Outcome;
import parallax.config.observation.ProbeName;
import parallax.config.observation.Reason;
import parallax.config.observation.Timings;
import parallax.config.observation.Vantage;
import parallax.config.target.TargetName;
import parallax.coordinator.core.watch.Cadence;
import parallax.coordinator.core.watch.Dependencies;
import parallax.coordinator.core.watch.Dependency;
import parallax.coordinator.core.watch.DependencyKind;
import parallax.coordinator.core.watch.Watched;
import parallax.coordinator.core.watch.Watchlist;

/**
 * The looks of {@value #PROBES} probes in six regions at {@value #TARGETS} targets in the order of
 * their arrival: each probe looks at each target over HTTP once a minute, in an order drawn at
 * random, and once more when it is asked to. Virtual time; the same every time.
 */
final class Feed {
  static final int TARGETS = 10_000;
  static final int PROBES = 12;

  /** How many looks the schedule makes in a minute; also the number of (target, probe). */
  static final int ROUND = TARGETS * PROBES;

  /** So many go down in {@link World#COLLAPSE}, and in {@link World#SHARED}. */
  static final int VICTIMS = 2_000;

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static final int PER_REGION = 2;
  private static final int CDNS = TARGETS / VICTIMS;
  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TAKES = Duration.ofMillis(50);
  private static final Duration LAG = Duration.ofMillis(2);
  private static final Duration TRAVEL = Duration.ofMillis(20);
  private static final Duration ANSWERS_AFTER = TAKES.plus(TRAVEL);
  private static final Duration APART = INTERVAL.dividedBy(ROUND);
  private static final double NOISE = 0.01;
  private static final long SEED = 1;
  private static final Outcome UP = Outcome.up();
  private static final Outcome DOWN = Outcome.down(Reason.CONNECTION_REFUSED, "");

  private final List<Vantage> vantages = Vantages.perRegion(PER_REGION).probes();
  private final List<Watched> targets = new ArrayList<>(TARGETS);
  private final Map<TargetName, Integer> targetByName = new HashMap<>();
  private final Map<ProbeName, Integer> probeByName = new HashMap<>();
  private final int[] order = new int[ROUND];

  /** When each target goes down in a collapse, after its beginning; most never do. */
  private final long[] fallsAfterNanos = new long[TARGETS];

  /** The same where all that stands on the first CDN goes down. */
  private final long[] fallsTogetherAfterNanos = new long[TARGETS];

  private final long[] sequences = new long[PROBES];
  private final Queue<Asked> asked = new ArrayDeque<>();
  private SplittableRandom random = new SplittableRandom(SEED);
  private World world = World.QUIET;
  private Instant since = START;
  private long scheduled;
  private Instant now = START;

  private record Asked(Instant answered, int target, int probe) {}

  Feed() {
    for (int target = 0; target < TARGETS; target++) {
      targets.add(watched(target));
      targetByName.put(targets.get(target).name(), target);
    }
    for (int probe = 0; probe < PROBES; probe++) {
      probeByName.put(vantages.get(probe).probe(), probe);
    }
    shuffle();
    Arrays.fill(fallsAfterNanos, Long.MAX_VALUE);
    for (int victim = 0; victim < VICTIMS; victim++) {
      fallsAfterNanos[unscathed()] = random.nextLong(INTERVAL.toNanos());
    }
    Arrays.fill(fallsTogetherAfterNanos, Long.MAX_VALUE);
    for (int victim = 0; victim < VICTIMS; victim++) {
      fallsTogetherAfterNanos[victim * CDNS] = random.nextLong(INTERVAL.toNanos());
    }
  }

  private void shuffle() {
    Arrays.setAll(order, index -> index);
    for (int index = ROUND - 1; index > 0; index--) {
      int other = random.nextInt(index + 1);
      int swapped = order[index];
      order[index] = order[other];
      order[other] = swapped;
    }
  }

  private int unscathed() {
    int target = random.nextInt(TARGETS);
    while (fallsAfterNanos[target] != Long.MAX_VALUE) {
      target = random.nextInt(TARGETS);
    }
    return target;
  }

  /** As many things in common as targets have: few networks and providers, a name of its own. */
  private static Watched watched(int target) {
    return new Watched(
        new TargetName("https://service-" + target + ".example/health"),
        List.of(),
        List.of(new Cadence(CheckKind.HTTP, INTERVAL, TIMEOUT)),
        new Dependencies(
            List.of(
                new Dependency(DependencyKind.NAME_SERVERS, "dns-" + target % 37),
                new Dependency(DependencyKind.CDN, "cdn-" + target % CDNS),
                new Dependency(DependencyKind.SERVER_ASN, Integer.toString(64_500 + target % 101)),
                new Dependency(DependencyKind.OPERATOR, "operator-" + target)),
            List.of()),
        List.of(),
        1);
  }

  Watchlist watchlist() {
    return new Watchlist(targets);
  }

  List<Vantage> vantages() {
    return vantages;
  }

  /** How long an observation is on its way. */
  static Duration travel() {
    return TRAVEL;
  }

  /** The coordinator's time. */
  Instant now() {
    return now;
  }

  /** Where in its schedule it is. */
  long scheduled() {
    return scheduled;
  }

  /** From now on, looks say what they say in another world. */
  void enter(World other) {
    world = other;
    since = START.plus(APART.multipliedBy(scheduled));
    random = new SplittableRandom(SEED);
  }

  /** Goes back in the schedule; what was asked for is forgotten. */
  void rewind(long to) {
    scheduled = to;
    now = START.plus(APART.multipliedBy(to));
    asked.clear();
  }

  /** A probe is asked to look at once. */
  void ask(TargetName target, ProbeName probe) {
    int what = Optional.ofNullable(targetByName.get(target)).orElseThrow();
    int who = Optional.ofNullable(probeByName.get(probe)).orElseThrow();
    asked.add(new Asked(now.plus(ANSWERS_AFTER), what, who));
  }

  /** Goes on to the next look that arrives. */
  Observation next() {
    Instant due = START.plus(APART.multipliedBy(scheduled));
    Asked question = asked.peek();
    if (question != null && question.answered().isBefore(due)) {
      asked.remove();
      now = question.answered();
      return observation(question.target(), question.probe());
    }
    now = due;
    int index = order[(int) (scheduled++ % ROUND)];
    return observation(index / PROBES, index % PROBES);
  }

  private Observation observation(int target, int probe) {
    Instant started = now.minus(ANSWERS_AFTER);
    Instant planned = started.minus(LAG);
    boolean failed = fails(target, started);
    Vantage vantage = vantages.get(probe);
    return new Observation(
        new ObservationId(vantage.probe(), 1, sequences[probe]++),
        vantage,
        targets.get(target).name(),
        CheckKind.HTTP,
        failed ? Layer.TCP : Layer.HTTP,
        planned,
        started,
        TAKES,
        failed ? DOWN : UP,
        Timings.NONE,
        Facts.NONE);
  }

  private boolean fails(int target, Instant when) {
    return switch (world) {
      case QUIET -> false;
      case NOISY -> random.nextDouble() < NOISE;
      case COLLAPSE -> Duration.between(since, when).toNanos() >= fallsAfterNanos[target];
      case SHARED -> Duration.between(since, when).toNanos() >= fallsTogetherAfterNanos[target];
    };
  }
}
