package parallax.coordinator.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Something that goes wrong in a world.
 *
 * @param fromSecond when it begins, in seconds of the world
 * @param probes whom it concerns
 * @param targets what it concerns
 * @param amount a probability, or seconds, as the kind says
 */
record Fault(
    Kind kind,
    int fromSecond,
    int untilSecond,
    List<Integer> probes,
    List<Integer> targets,
    double amount) {

  /** What can go wrong. */
  enum Kind {
    /** Looks of these probes at these targets fail with a probability. */
    OUTAGE,
    /** Everything these probes look at fails with a probability. */
    SICK,
    /** Nothing of these probes arrives. */
    SILENT,
    /** Results of these probes are kept and arrive in one heap. */
    HELD,
    /** Messages come up to so many seconds late, some of them twice. */
    DELAYED,
    /** The clock of these probes is ahead by so many seconds. */
    CLOCK,
    /** These probes start anew. */
    RESTART,
    /** Another coordinator goes on from what was recorded. */
    LEADER,
    /** What the last step wanted recorded is lost, and another coordinator goes on. */
    LOST_STEP,
    /** A target is not watched for a while. */
    RECONFIGURED,
    /** The coordinator's clock is set back by so many seconds. */
    SET_BACK
  }

  boolean isOn(long second) {
    return second >= fromSecond && second < untilSecond;
  }

  boolean concerns(int probe) {
    return probes.contains(probe);
  }

  boolean concerns(int probe, int target) {
    return probes.contains(probe) && targets.contains(target);
  }

  /** Some faults, many at once, all of them over by {@code end}. */
  static List<Fault> some(Random random, int probes, int targets, int end) {
    List<Fault> faults = new ArrayList<>();
    int count = random.nextInt(6);
    for (int at = 0; at < count; at++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      int from = 120 + random.nextInt(end - 240);
      int until = Math.min(end, from + 20 + random.nextInt(900));
      faults.add(
          new Fault(
              kind,
              from,
              until,
              subset(random, probes),
              subset(random, targets),
              amount(kind, random)));
    }
    return faults;
  }

  private static double amount(Kind kind, Random random) {
    return switch (kind) {
      case OUTAGE, SICK -> List.of(1.0, 1.0, 0.98, 0.5, 0.2).get(random.nextInt(5));
      case DELAYED -> random.nextInt(240);
      case CLOCK -> random.nextBoolean() ? 3600 : -600;
      case SET_BACK -> random.nextBoolean() ? 3 : 300;
      case SILENT, HELD, RESTART, LEADER, LOST_STEP, RECONFIGURED -> 0;
    };
  }

  private static List<Integer> subset(Random random, int of) {
    List<Integer> all = new ArrayList<>();
    double share = List.of(1.0, 0.5, 0.2).get(random.nextInt(3));
    for (int each = 0; each < of; each++) {
      if (random.nextDouble() < share) {
        all.add(each);
      }
    }
    return all.isEmpty() ? List.of(random.nextInt(of)) : all;
  }
}
