package parallax.coordinator.core.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import parallax.config.Configuration;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.observation.Outcome;
import parallax.config.target.Target;
import parallax.config.target.TargetName;
import parallax.coordinator.core.Core;
import parallax.coordinator.core.Effect;
import parallax.coordinator.core.Given;
import parallax.coordinator.core.Input;
import parallax.coordinator.core.Memory;
import parallax.coordinator.core.State;
import parallax.coordinator.core.Step;
import parallax.coordinator.core.evidence.Evidence;
import parallax.coordinator.store.InMemoryStore;
import parallax.coordinator.store.Store;

/**
 * One probe, some targets and a coordinator in virtual time: the probe looks by its schedule and
 * when it is asked to, looks travel with faults, the coordinator is the real core with a store.
 * After every event the {@link Invariants} are checked. One seed makes one world.
 */
final class World {
  private static final List<Long> INTERVALS = List.of(1L, 5L, 10L, 30L, 60L);
  private static final Duration RUN = Duration.ofMinutes(20);
  private static final Duration QUIET = Duration.ofMinutes(8);

  /** How often all targets are looked at; the one that something was heard of is at once. */
  private static final int CHECK_SECONDS = 5;

  private final SplittableRandom random;
  private final Faults faults;
  private final TreeMap<TargetName, SimulatedTarget> targets = new TreeMap<>();
  private final Configuration configuration;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final InMemoryStore store = new InMemoryStore();
  private final Invariants invariants;
  private final Instant faultsEnd = Given.T0.plus(RUN);
  private final Instant end = faultsEnd.plus(QUIET);
  private final List<Effect> effects = new ArrayList<>();
  private State state = State.initial();
  private Instant now = Given.T0;
  private long eventCount;
  private long lookCount;
  private long observed;

  /** Something that happens; of two at the same time the one that was planned first. */
  private record Event(Instant at, long order, Happening happening) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private sealed interface Happening {
    record Scheduled(TargetName target, CheckKind check) implements Happening {}

    record Asked(TargetName target, CheckKind check) implements Happening {}

    record Arrived(Evidence evidence) implements Happening {}

    record Ticked() implements Happening {}

    record Restarted() implements Happening {}
  }

  World(long seed, boolean withFaults) {
    random = new SplittableRandom(seed);
    faults = withFaults ? Faults.some(random) : Faults.NONE;
    int count = 1 + random.nextInt(6);
    for (int index = 0; index < count; index++) {
      Duration interval = Duration.ofSeconds(INTERVALS.get(random.nextInt(INTERVALS.size())));
      Target target =
          random.nextBoolean()
              ? Given.target("t" + index, interval, CheckKind.TCP)
              : Given.target("t" + index, interval, CheckKind.DNS, CheckKind.TCP);
      targets.put(target.name(), new SimulatedTarget(target, Given.T0, faultsEnd, random));
    }
    configuration =
        Given.configuration(targets.values().stream().map(SimulatedTarget::target).toList());
    invariants = new Invariants(targets, faults, configuration);
  }

  /** What the coordinator wanted done, in order; and how many looks it was shown. */
  record Outcomes(List<Effect> effects, long observed) {}

  /** Lives the world to its end. Throws AssertionError at the first invariant that breaks. */
  Outcomes run() {
    take(new Input.Configured(configuration));
    for (SimulatedTarget target : targets.values()) {
      for (CheckSpec check : target.target().checks()) {
        long phase = random.nextLong(target.target().interval().toMillis());
        at(now.plusMillis(phase), new Happening.Scheduled(target.target().name(), check.kind()));
      }
    }
    at(now.plusSeconds(1), new Happening.Ticked());
    for (int restart = 0; restart < faults.restarts(); restart++) {
      at(now.plusMillis(random.nextLong(RUN.toMillis())), new Happening.Restarted());
    }
    while (!events.isEmpty() && events.peek().at().isBefore(end)) {
      Event event = events.remove();
      now = event.at();
      happen(event.happening());
    }
    invariants.checkEnd(state, store, effects);
    return new Outcomes(effects, observed);
  }

  private void at(Instant when, Happening happening) {
    events.add(new Event(when, eventCount++, happening));
  }

  private void happen(Happening happening) {
    switch (happening) {
      case Happening.Scheduled scheduled -> {
        look(scheduled.target(), scheduled.check());
        at(now.plus(truth(scheduled.target()).target().interval()), scheduled);
      }
      case Happening.Asked(TargetName target, CheckKind check) -> look(target, check);
      case Happening.Arrived(Evidence evidence) -> {
        observed++;
        invariants.saw(evidence);
        take(new Input.Observed(evidence));
        invariants.check(state, evidence.observation().target(), now);
      }
      case Happening.Ticked ticked -> {
        take(new Input.Tick());
        if (now.getEpochSecond() % CHECK_SECONDS == 0) {
          invariants.check(state, store, now);
        }
        at(now.plusSeconds(1), ticked);
      }
      case Happening.Restarted _ -> restart();
    }
  }

  private SimulatedTarget truth(TargetName target) {
    SimulatedTarget truth = targets.get(target);
    if (truth == null) {
      throw new IllegalArgumentException("no such target: " + target);
    }
    return truth;
  }

  private boolean happens(double chance) {
    return now.isBefore(faultsEnd) && random.nextDouble() < chance;
  }

  private void look(TargetName target, CheckKind check) {
    var outage = truth(target).outageAt(now);
    Outcome seen = outage.map(SimulatedTarget.Outage::seen).orElse(Given.UP);
    Duration took =
        outage.map(SimulatedTarget.Outage::took).orElse(Duration.ofMillis(1 + random.nextInt(100)));
    if (happens(faults.blip())) {
      seen = Given.REFUSED;
    }
    if (happens(faults.inconclusive())) {
      seen = Given.NO_ROUTE;
    }
    long sequence = lookCount++;
    if (happens(faults.lost())) {
      return;
    }
    int times = happens(faults.repeated()) ? 2 : 1;
    for (int time = 0; time < times; time++) {
      Duration way = Duration.ofMillis(1 + random.nextLong(faults.delay().toMillis()));
      Instant arrives = now.plus(took).plus(way);
      Given.Look look = new Given.Look(target.value(), check, "p1", sequence, now, seen);
      at(arrives, new Happening.Arrived(look.arriving(took, arrives)));
    }
  }

  private void take(Input input) {
    carryOut(Core.step(state, input, now));
  }

  private void carryOut(Step step) {
    state = step.state();
    effects.addAll(step.effects());
    store.record(step.effects(), now);
    for (Effect effect : step.effects()) {
      invariants.happened(effect, now);
      if (effect instanceof Effect.AskAgain(var target, var check, var after)
          && !happens(faults.lostRequest())) {
        at(now.plus(after), new Happening.Asked(target, check));
      }
    }
  }

  private void restart() {
    Store.Remembered left = store.remembered();
    Memory memory =
        new Memory(
            left.intervals().stream()
                .map(held -> new Memory.Remembered(held.target(), held.state(), held.from()))
                .toList(),
            left.open());
    invariants.restarted();
    carryOut(Core.restore(memory, configuration, now));
    invariants.check(state, store, now);
  }
}
