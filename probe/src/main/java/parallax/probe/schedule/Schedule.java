package parallax.probe.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import parallax.config.check.CheckSpec;
import parallax.config.observation.ProbeName;
import parallax.config.target.Target;

/**
 * Says which checks are due. Rounds of a check come at {@code phase + n * interval + jitter(n)},
 * counted from the epoch, so they never drift; phase and jitter depend on names only. A round that
 * comes too late, or finds the check before still running, is skipped and counted, never queued.
 *
 * <p>The same calls give the same answers: there is no clock in here and no chance. One thread at a
 * time; O(log n) for each check.
 */
public final class Schedule {
  /** A round later than this, or than its interval, is skipped. */
  public static final Duration LATEST = Duration.ofSeconds(1);

  /** New targets are looked at at once, but not faster than one in this time. */
  static final Duration FIRST_LOOKS_APART = Duration.ofMillis(5);

  private static final Comparator<Entry> BY_DUE =
      Comparator.<Entry>comparingLong(entry -> entry.dueNanos)
          .thenComparing(entry -> entry.slot.target())
          .thenComparing(entry -> entry.slot.check());
  private static final Comparator<Entry> BY_ASKED =
      Comparator.<Entry>comparingLong(entry -> entry.askedNanos)
          .thenComparing(entry -> entry.slot.target())
          .thenComparing(entry -> entry.slot.check());
  private static final long NOT_ASKED = Long.MIN_VALUE;

  private final ProbeName probe;
  private final PriorityQueue<Entry> rounds = new PriorityQueue<>(BY_DUE);
  private final PriorityQueue<Entry> asked = new PriorityQueue<>(BY_ASKED);
  private Map<Slot, Entry> entries = new LinkedHashMap<>();
  private long skippedLate;
  private long skippedRunning;

  /** One check's place. It stands in {@code rounds} always and in {@code asked} while asked for. */
  private static final class Entry {
    private final Slot slot;
    private final long seed;
    private CheckSpec spec;
    private long intervalNanos;
    private long dueNanos;
    private long askedNanos = NOT_ASKED;
    private boolean running;

    private Entry(Slot slot, long seed, CheckSpec spec, long intervalNanos) {
      this.slot = slot;
      this.seed = seed;
      this.spec = spec;
      this.intervalNanos = intervalNanos;
    }
  }

  public Schedule(ProbeName probe) {
    this.probe = probe;
  }

  /**
   * Watches these targets from now on. Checks that were there before keep their places, unless
   * their interval changed; new ones are looked at soon and then in their rounds.
   */
  public void assign(List<Target> targets, Instant now) {
    long nowNanos = nanos(now);
    Map<Slot, Entry> before = entries;
    entries = new LinkedHashMap<>();
    List<Entry> fresh = new ArrayList<>();
    for (Target target : targets) {
      for (CheckSpec spec : target.checks()) {
        Slot slot = new Slot(target.name(), spec.kind());
        long interval = target.interval().toNanos();
        Entry entry = before.remove(slot);
        if (entry == null) {
          entry = new Entry(slot, Spread.seed(probe, slot), spec, interval);
          entry.dueNanos = nextRound(entry, nowNanos);
          rounds.add(entry);
          fresh.add(entry);
        } else if (entry.intervalNanos != interval) {
          rounds.remove(entry);
          entry.intervalNanos = interval;
          entry.dueNanos = nextRound(entry, nowNanos);
          rounds.add(entry);
        }
        entry.spec = spec;
        entries.put(slot, entry);
      }
    }
    drop(before);
    lookSoon(fresh, nowNanos);
  }

  private void drop(Map<Slot, Entry> gone) {
    if (!gone.isEmpty()) {
      rounds.removeIf(entry -> gone.get(entry.slot) == entry);
      asked.removeIf(entry -> gone.get(entry.slot) == entry);
    }
  }

  private void lookSoon(List<Entry> fresh, long nowNanos) {
    long at = nowNanos;
    for (Entry entry : fresh) {
      if (at < entry.dueNanos) {
        ask(entry, at);
      }
      at += FIRST_LOOKS_APART.toNanos();
    }
  }

  /** Looks once more, outside the rounds. Asked twice before it was done, it is done once. */
  public void checkNow(Slot slot, Duration after, Instant now) {
    Entry entry = entries.get(slot);
    if (entry != null) {
      long at = nanos(now) + Math.max(0, after.toNanos());
      if (entry.askedNanos == NOT_ASKED) {
        ask(entry, at);
      } else if (at < entry.askedNanos) {
        asked.remove(entry);
        ask(entry, at);
      }
    }
  }

  private void ask(Entry entry, long atNanos) {
    entry.askedNanos = atNanos;
    asked.add(entry);
  }

  /**
   * The checks that are due at {@code now}, at most {@code max} of them, which count as running
   * until {@link #finished}.
   */
  public List<Due> due(Instant now, int max) {
    long nowNanos = nanos(now);
    List<Due> due = new ArrayList<>();
    for (Entry head = asked.peek();
        head != null && head.askedNanos <= nowNanos && due.size() < max;
        head = asked.peek()) {
      asked.poll();
      long at = head.askedNanos;
      head.askedNanos = NOT_ASKED;
      // A look that is under way is as good as the one asked for.
      if (!head.running) {
        due.add(begin(head, at));
      }
    }
    for (Entry head = rounds.peek();
        head != null && head.dueNanos <= nowNanos && due.size() < max;
        head = rounds.peek()) {
      rounds.poll();
      judge(head, nowNanos).ifPresent(due::add);
      head.dueNanos = nextRound(head, nowNanos);
      rounds.add(head);
    }
    return due;
  }

  private Optional<Due> judge(Entry entry, long nowNanos) {
    long late = nowNanos - entry.dueNanos;
    if (late > Math.min(entry.intervalNanos, LATEST.toNanos())) {
      skippedLate += 1 + (late - 1) / entry.intervalNanos;
      return Optional.empty();
    }
    if (entry.running) {
      skippedRunning++;
      return Optional.empty();
    }
    return Optional.of(begin(entry, entry.dueNanos));
  }

  private static Due begin(Entry entry, long atNanos) {
    entry.running = true;
    return new Due(entry.slot, entry.spec, instant(atNanos));
  }

  /** A check that was due has ended. */
  public void finished(Slot slot) {
    Entry entry = entries.get(slot);
    if (entry != null) {
      entry.running = false;
    }
  }

  /** When something is due next; empty when nothing is watched. */
  public Optional<Instant> next() {
    long round = rounds.isEmpty() ? Long.MAX_VALUE : rounds.peek().dueNanos;
    long wish = asked.isEmpty() ? Long.MAX_VALUE : asked.peek().askedNanos;
    long first = Math.min(round, wish);
    return first == Long.MAX_VALUE ? Optional.empty() : Optional.of(instant(first));
  }

  /** How many checks have a place. */
  public int size() {
    return entries.size();
  }

  /** Rounds that came too late to be made, since the start. */
  public long skippedLate() {
    return skippedLate;
  }

  /** Rounds that found the check before them still running, since the start. */
  public long skippedRunning() {
    return skippedRunning;
  }

  /** The first round after {@code nowNanos}. */
  private static long nextRound(Entry entry, long nowNanos) {
    long phase = Spread.phase(entry.seed, entry.intervalNanos);
    long round = Math.floorDiv(nowNanos - phase, entry.intervalNanos);
    while (true) {
      long at = round * entry.intervalNanos + phase;
      long due = at + Spread.jitter(entry.seed, round, entry.intervalNanos);
      if (due > nowNanos) {
        return due;
      }
      round++;
    }
  }

  /** Nanoseconds since the epoch; good until the year 2262. */
  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
