package parallax.coordinator.core;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parallax.config.check.CheckKind;
import parallax.config.observation.Outcome;
import parallax.config.target.Target;
import parallax.coordinator.core.evidence.Evidence;

/** Prints what one observation costs the core; arguments: targets, probes, rounds. */
final class CoreFigureMain {
  private CoreFigureMain() {}

  public static void main(String[] arguments) {
    int targets = Integer.parseInt(arguments[0]);
    int probes = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    List<Target> watched = new ArrayList<>();
    for (int index = 0; index < targets; index++) {
      String name = "https://shop-%05d.example.com/".formatted(index);
      watched.add(Given.target(name, Duration.ofSeconds(30), CheckKind.TCP));
    }
    State state =
        Core.step(State.initial(), new Input.Configured(Given.configuration(watched)), Given.T0)
            .state();
    for (int round = 0; round < rounds; round++) {
      // In the second half of the rounds every target is down.
      Outcome seen = round < rounds / 2 ? Given.UP : Given.REFUSED;
      List<Evidence> looks = looks(watched, probes, round, seen);
      Instant now = Given.T0.plusSeconds(30L * round + 30);
      int effects = 0;
      long began = cpu();
      for (Evidence look : looks) {
        Step step = Core.step(state, new Input.Observed(look), now);
        state = step.state();
        effects += step.effects().size();
      }
      long observed = cpu();
      state = Core.step(state, new Input.Tick(), now).state();
      long ticked = cpu();
      System.out.printf(
          "round %d: %d ns per observation, %d effects, tick %d us%n",
          round, (observed - began) / looks.size(), effects, (ticked - observed) / 1000);
    }
    long began = cpu();
    int verdicts = state.verdicts().size();
    System.out.printf("%d verdicts in %d us%n", verdicts, (cpu() - began) / 1000);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long used = runtime.totalMemory() - runtime.freeMemory();
    System.out.printf("%d MiB used, %d incidents%n", used >> 20, state.openIncidents().size());
  }

  /** Of this thread: other programs on the machine do not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static List<Evidence> looks(List<Target> targets, int probes, int round, Outcome seen) {
    List<Evidence> looks = new ArrayList<>(targets.size() * probes);
    for (int index = 0; index < targets.size() * probes; index++) {
      // A walk that visits every pair once, out of order.
      long pair = index * 7_919L % ((long) targets.size() * probes);
      String target = targets.get((int) (pair / probes)).name().value();
      Instant started = Given.T0.plusSeconds(30L * round).plusMillis(pair % 30_000);
      long sequence = (long) round * targets.size() + pair / probes;
      looks.add(
          new Given.Look(target, CheckKind.TCP, "p" + pair % probes, sequence, started, seen)
              .took(Duration.ofMillis(20)));
    }
    return looks;
  }
}
