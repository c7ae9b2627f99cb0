package parallax.bench.compare.run;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import parallax.config.check.CheckKind;
import parallax.coordinator.core.fleet.Fleet;
import parallax.coordinator.core.watch.Cadence;

/**
 * One run of virtual time: makes the checks that are due or asked for and brings the results to the
 * listeners, all in the order of time. Costs a constant for each check, however long it runs.
 */
public final class Simulation {
  private static final long START_MILLIS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long TICK_MILLIS = 1_000;
  private static final long BEAT_MILLIS = Fleet.BEAT.toMillis();

  private final World world;
  private final List<Listener> listeners;
  private final List<Round> rounds = new ArrayList<>();
  private final PriorityQueue<Asked> asked =
      new PriorityQueue<>(Comparator.comparingLong(Asked::starts).thenComparingLong(Asked::number));
  // Each holds checks of one duration, so that they end in the order in which they started.
  private final Queue<Look> quick = new ArrayDeque<>();
  private final Queue<Look> slow = new ArrayDeque<>();
  private final long[] ticks;
  private final long[] ticked;
  private final long[] askedCounts;
  private final List<Asking> asking = new ArrayList<>();
  private long nextTick = Alarm.NEVER;
  private long scheduledCount;
  private long askedTotal;
  private long beats;
  private long nextBeat;
  private long now;

  /** A check that was asked for; the number keeps those of one instant in order. */
  private record Asked(
      long starts, long number, int asker, int probe, int target, CheckKind check) {}

  public Simulation(World world, List<Listener> listeners) {
    this.world = world;
    this.listeners = List.copyOf(listeners);
    this.ticks = new long[listeners.size()];
    this.ticked = new long[listeners.size()];
    this.askedCounts = new long[listeners.size()];
    Arrays.fill(ticks, Alarm.NEVER);
    for (int listener = 0; listener < listeners.size(); listener++) {
      asking.add(asking(listener));
    }
    for (Cadence cadence : world.cadences()) {
      rounds.add(new Round(cadence, world.vantages().size(), world.targets().size()));
    }
  }

  /** The instant at which {@code millis} of virtual time have passed. */
  public static Instant instant(long millis) {
    return Instant.ofEpochMilli(START_MILLIS + millis);
  }

  /** How many milliseconds of virtual time have passed at {@code instant}. */
  public static long millis(Instant instant) {
    return instant.toEpochMilli() - START_MILLIS;
  }

  /** How many checks the schedule made. */
  public long scheduledCount() {
    return scheduledCount;
  }

  /** How many checks a listener asked for. */
  public long askedCount(int listener) {
    return askedCounts[listener];
  }

  /** Lets virtual time pass from 0 to {@code until}. */
  public void run(long until) {
    for (int listener = 0; listener < listeners.size(); listener++) {
      listeners.get(listener).start(now, asking.get(listener));
      scheduleTick(listener);
    }
    while (true) {
      Round round = nextRound();
      long starts = Math.min(round.next(), nextAsked());
      long arrives = Math.min(arrival(quick), arrival(slow));
      now = Math.min(Math.min(starts, arrives), Math.min(nextBeat, nextTick));
      if (now >= until) {
        return;
      }
      if (now == starts) {
        startCheck(round);
      } else if (now == arrives) {
        deliver(arrival(quick) == now ? quick.remove() : slow.remove());
      } else if (now == nextBeat) {
        beat();
      } else {
        tick();
      }
    }
  }

  private Round nextRound() {
    Round first = rounds.getFirst();
    for (int index = 1; index < rounds.size(); index++) {
      if (rounds.get(index).next() < first.next()) {
        first = rounds.get(index);
      }
    }
    return first;
  }

  private long nextAsked() {
    return asked.isEmpty() ? Alarm.NEVER : asked.peek().starts();
  }

  private static long arrival(Queue<Look> queue) {
    Look first = queue.peek();
    return first == null ? Alarm.NEVER : first.arrives();
  }

  private void startCheck(Round round) {
    if (nextAsked() == now) {
      Asked one = asked.remove();
      look(one.probe(), one.target(), one.check(), one.asker());
    } else {
      scheduledCount++;
      look(round.probe(), round.target(), round.check(), Look.SCHEDULED);
      round.advance();
    }
  }

  private void look(int probe, int target, CheckKind check, int asker) {
    if (!world.isSilent(probe, now)) {
      Answer answer = world.answer(probe, target, check, now);
      Queue<Look> queue = answer.timedOut() ? slow : quick;
      queue.add(new Look(probe, target, check, now, answer, asker));
    }
  }

  private void deliver(Look look) {
    if (look.isAsked()) {
      deliver(look, look.asker());
    } else {
      for (int listener = 0; listener < listeners.size(); listener++) {
        deliver(look, listener);
      }
    }
  }

  private void deliver(Look look, int listener) {
    listeners.get(listener).seen(look, now, asking.get(listener));
    scheduleTick(listener);
  }

  private void beat() {
    int probes = world.vantages().size();
    int probe = (int) (beats % probes);
    if (!world.isSilent(probe, now)) {
      for (int listener = 0; listener < listeners.size(); listener++) {
        listeners.get(listener).heard(probe, now, asking.get(listener));
        scheduleTick(listener);
      }
    }
    beats++;
    nextBeat = beats * BEAT_MILLIS / probes;
  }

  private void tick() {
    for (int listener = 0; listener < listeners.size(); listener++) {
      if (ticks[listener] == now) {
        ticked[listener] = now;
        listeners.get(listener).tick(now, asking.get(listener));
        scheduleTick(listener);
      }
    }
  }

  /**
   * A listener is ticked at the first whole second from when it wants to, never twice at the same.
   * What else happens at that instant comes first and does not put it off.
   */
  private void scheduleTick(int listener) {
    long due = listeners.get(listener).due();
    long tick = Alarm.NEVER;
    if (due != Alarm.NEVER) {
      long second = Math.ceilDiv(Math.max(due, now), TICK_MILLIS) * TICK_MILLIS;
      tick = Math.max(second, ticked[listener] + TICK_MILLIS);
    }
    if (tick != ticks[listener]) {
      ticks[listener] = tick;
      nextTick = Alarm.NEVER;
      for (long one : ticks) {
        nextTick = Math.min(nextTick, one);
      }
    }
  }

  private Asking asking(int listener) {
    return (probe, target, check, delayMillis) -> {
      long starts = now + Look.TRAVEL_MILLIS + delayMillis;
      asked.add(new Asked(starts, askedTotal++, listener, probe, target, check));
      askedCounts[listener]++;
    };
  }
}
