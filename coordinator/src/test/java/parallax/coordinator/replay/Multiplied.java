package parallax.coordinator.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.coordinator.replay.scenario.Scenario;
import parallax.coordinator.replay.scenario.ScenarioEvent;
import parallax.coordinator.replay.scenario.ScenarioTarget;
import parallax.coordinator.replay.scenario.Schedule;
import parallax.coordinator.replay.scenario.Selector;

/**
 * The same outage of more targets: of each that is hit there are copies, which have names, domains
 * and name servers of their own and are hit when it is.
 */
final class Multiplied {
  /** Longer than any run: looks that matter to nothing that is hit are made once. */
  private static final long ONCE_MS = 24L * 3_600_000;

  private static final long FIRST_ASN = 4_200_000_000L;
  private static final int BYTE = 256;

  private final Scenario scenario;
  private final int times;
  private final Map<String, ScenarioTarget> originals = new HashMap<>();

  private Multiplied(Scenario scenario, int times) {
    this.scenario = scenario;
    this.times = times;
  }

  /**
   * A scenario in which only the web is looked at often.
   *
   * @param times how many there are of each target that is hit
   * @param shorterMs what is left out before the end of what is broken longest
   */
  static Scenario of(Scenario scenario, int times, long shorterMs) {
    return new Multiplied(scenario, times).all(shorterMs);
  }

  private Scenario all(long shorterMs) {
    List<ScenarioTarget> targets = new ArrayList<>();
    for (ScenarioTarget target : scenario.targets()) {
      boolean hit =
          scenario.events().stream()
              .anyMatch(event -> event.targets().orElseThrow().selects(target));
      for (int copy = 0; copy < (hit ? times : 1); copy++) {
        ScenarioTarget one = copy == 0 ? target : copy(target, copy, targets.size());
        originals.put(one.id(), target);
        targets.add(one);
      }
    }
    long longest = scenario.events().stream().mapToLong(Multiplied::lasts).max().orElseThrow();
    return new Scenario(
        scenario.id(),
        scenario.title(),
        scenario.nature(),
        scenario.basedOn(),
        scenario.origin(),
        scenario.covers(),
        scenario.seed(),
        scenario.durationMs() - shorterMs,
        scenario.noise(),
        scenario.timeoutMs(),
        new Schedule(scenario.schedule().webMs(), ONCE_MS, ONCE_MS, ONCE_MS, ONCE_MS),
        scenario.probes(),
        targets,
        scenario.events().stream().map(event -> event(event, longest, shorterMs)).toList(),
        scenario.expect());
  }

  private static long lasts(ScenarioEvent event) {
    return event.endMs() - event.startMs();
  }

  private static ScenarioTarget copy(ScenarioTarget target, int copy, int number) {
    String name = target.id() + "-" + copy;
    String prefix = "10.%d.%d.0/24".formatted(number / BYTE, number % BYTE);
    return new ScenarioTarget(
        name,
        name + ".org",
        target.tld(),
        target.registry(),
        target.registrar(),
        name,
        new ScenarioTarget.NameServers("dns-" + name, FIRST_ASN + number, List.of(prefix)),
        target.web(),
        target.ca(),
        target.accept());
  }

  private ScenarioEvent event(ScenarioEvent event, long longest, long shorterMs) {
    Selector<ScenarioTarget> original = event.targets().orElseThrow();
    Selector.Term<ScenarioTarget> term =
        new Selector.Term<>(
            target ->
                Optional.of(
                    String.valueOf(original.selects(originals.getOrDefault(target.id(), target)))),
            List.of("true"));
    // What begins when the longest ends begins when it ends now.
    boolean late = event.startMs() >= longest;
    return new ScenarioEvent(
        event.index(),
        event.note(),
        late ? event.startMs() - shorterMs : event.startMs(),
        event.endMs() - shorterMs,
        event.from(),
        Optional.of(new Selector<>(List.of(term), Optional.empty())),
        event.change());
  }
}
