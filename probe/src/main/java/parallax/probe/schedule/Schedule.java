package parallax.probe.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import parallax.config.check.CheckKind;
import parallax.config.check.CheckSpec;
import parallax.config.observation.ProbeName;
import parallax.config.target.Target;
import parallax.config.target.TargetName;

/**
 * Which checks are due. Free of clocks and threads; confined to one thread at a time.
 *
 * <ul>
 *   <li>Each check keeps a {@link Rhythm} of its own, spread evenly over its interval, without
 *       drift.
 *   <li>A round that is asked for later than {@link #MAX_LATE} (or its interval, if that is less)
 *       or while the round before still runs is skipped and counted, never made up for.
 *   <li>What is new gets a first look soon, {@link #FIRST_LOOK_GAP} after the one before, and "look
 *       again" an extra one; neither shifts the rounds.
 *   <li>When the clock is set back every check goes on in its own rhythm from the new time.
 * </ul>
 *
 * <p>{@link #due} costs O(log n) for each check that is due and O(1) when none is.
 */
public final class Schedule {
  /** A round later than this, or than its interval, is skipped. */
  public static final Duration MAX_LATE = Duration.ofSeconds(1);

  /** Between the first looks at what is new; a check whose own round comes before has none. */
  public static final Duration FIRST_LOOK_GAP = Duration.ofMillis(4);

  /** Between the start of a look and an extra one at the same. */
  public static final Duration MIN_AGAIN = Duration.ofMillis(250);

  /** The clock is taken to be set back when it goes back by more than this. */
  static final Duration SET_BACK = Duration.ofSeconds(1);

  private static final long NEVER = Long.MAX_VALUE;
  private static final long NANOS = 1_000_000_000L;
  private static final int SLOT_BITS = 32;

  private final ProbeName probe;
  private final Map<Key, Entry> entries = new HashMap<>();
  private final List<Optional<Entry>> slots = new ArrayList<>();
  private final Deque<Integer> freeSlots = new ArrayDeque<>();
  private final DueHeap heap = new DueHeap();
  private long lastAsked = Long.MIN_VALUE;
  private long generations;
  private long late;
  private long running;

  private record Key(TargetName target, CheckKind kind) {}

  /** One check of one target. */
  private static final class Entry {
    private final int slot;
    private final long ticket;
    private Target target;
    private CheckSpec spec;
    private Rhythm rhythm;
    private long round;
    private long regular;
    private long again = NEVER;
    private long lastStarted = Long.MIN_VALUE / 2;
    private boolean running;

    Entry(int slot, long ticket, Target target, CheckSpec spec, Rhythm rhythm) {
      this.slot = slot;
      this.ticket = ticket;
      this.target = target;
      this.spec = spec;
      this.rhythm = rhythm;
    }

    void nextAfter(long now) {
      round = rhythm.roundAfter(now);
      regular = rhythm.due(round);
    }

    long next() {
      return Math.min(regular, again);
    }
  }

  public Schedule(ProbeName probe) {
    this.probe = probe;
  }

  /**
   * Replaces what is to be checked. What stays keeps its rounds, also while it runs; what changes
   * its interval only starts a new rhythm.
   */
  public void assign(List<Target> targets, Instant now) {
    long at = nanos(now);
    Map<Key, Entry> before = new HashMap<>(entries);
    long firstLook = at;
    for (Target target : targets) {
      for (CheckSpec spec : target.checks()) {
        Key key = new Key(target.name(), spec.kind());
        Entry kept = before.remove(key);
        if (kept != null) {
          update(kept, target, spec, at);
        } else {
          Entry entry = add(key, target, spec, at);
          if (firstLook + MAX_LATE.toNanos() < entry.regular) {
            entry.again = firstLook;
            firstLook += FIRST_LOOK_GAP.toNanos();
            heap.put(entry.slot, entry.next());
          }
        }
      }
    }
    before.forEach(this::remove);
  }

  private void update(Entry entry, Target target, CheckSpec spec, long now) {
    entry.target = target;
    entry.spec = spec;
    Duration interval = spec.interval(target.interval());
    if (entry.rhythm.interval() != interval.toNanos()) {
      entry.rhythm = Rhythm.of(probe, target.name(), spec.kind(), interval);
      entry.nextAfter(now);
      heap.put(entry.slot, entry.next());
    }
  }

  private Entry add(Key key, Target target, CheckSpec spec, long now) {
    Integer free = freeSlots.poll();
    int slot = free == null ? slots.size() : free;
    long ticket = (generations++ << SLOT_BITS) | slot;
    Duration interval = spec.interval(target.interval());
    Rhythm rhythm = Rhythm.of(probe, key.target(), key.kind(), interval);
    Entry entry = new Entry(slot, ticket, target, spec, rhythm);
    if (free == null) {
      slots.add(Optional.of(entry));
    } else {
      slots.set(slot, Optional.of(entry));
    }
    entries.put(key, entry);
    entry.nextAfter(now);
    heap.put(slot, entry.regular);
    return entry;
  }

  private void remove(Key key, Entry entry) {
    entries.remove(key);
    heap.remove(entry.slot);
    slots.set(entry.slot, Optional.empty());
    freeSlots.add(entry.slot);
  }

  /** Hands every check that is due at {@code now} to {@code run}, the earliest first. */
  public void due(Instant now, Consumer<Due> run) {
    long at = nanos(now);
    if (at + SET_BACK.toNanos() < lastAsked) {
      setBack(at);
    }
    lastAsked = at;
    while (!heap.isEmpty() && heap.firstDue() <= at) {
      Entry entry = slots.get(heap.first()).orElseThrow();
      long scheduled = advance(entry, at);
      heap.put(entry.slot, entry.next());
      if (scheduled != NEVER && !entry.running) {
        entry.running = true;
        entry.lastStarted = at;
        run.accept(new Due(entry.target, entry.spec, instant(scheduled), entry.ticket));
      } else if (scheduled != NEVER) {
        running++;
      }
    }
  }

  /**
   * Moves {@code entry} on to after {@code now}.
   *
   * @return when the look to make now was due; {@link #NEVER} when it is too late for it
   */
  private long advance(Entry entry, long now) {
    long scheduled = NEVER;
    if (entry.again <= now) {
      scheduled = entry.again;
      entry.again = NEVER;
    }
    if (entry.regular <= now) {
      long next = entry.rhythm.roundAfter(now);
      long missed = next - 1 - entry.round;
      long due = entry.rhythm.due(next - 1);
      if (now - due <= Math.min(entry.rhythm.interval(), MAX_LATE.toNanos())) {
        scheduled = due;
      } else {
        missed++;
      }
      late += missed;
      entry.round = next;
      entry.regular = entry.rhythm.due(next);
    }
    return scheduled;
  }

  private void setBack(long now) {
    for (Entry entry : entries.values()) {
      entry.nextAfter(now);
      entry.lastStarted = Math.min(entry.lastStarted, now);
      entry.again = entry.again == NEVER ? NEVER : now;
      heap.put(entry.slot, entry.next());
    }
  }

  /** Tells that the check has ended. Tickets of what is no longer assigned are ignored. */
  public void finished(long ticket) {
    int slot = (int) ticket;
    if (slot < slots.size()) {
      slots.get(slot).filter(entry -> entry.ticket == ticket).ifPresent(e -> e.running = false);
    }
  }

  /**
   * Asks for an extra look at {@code at}, or {@link #MIN_AGAIN} after the last one if that is
   * later. One that is wanted or due anyway by then serves as well.
   *
   * @return whether there is such a check
   */
  public boolean checkNow(TargetName target, CheckKind kind, Instant at) {
    Optional<Entry> found = Optional.ofNullable(entries.get(new Key(target, kind)));
    found.ifPresent(
        entry -> {
          long wanted = Math.max(nanos(at), entry.lastStarted + MIN_AGAIN.toNanos());
          if (wanted < entry.next()) {
            entry.again = wanted;
            heap.put(entry.slot, wanted);
          }
        });
    return found.isPresent();
  }

  /** When {@link #due} will next have something to do; empty when nothing is assigned. */
  public Optional<Instant> nextDue() {
    return heap.isEmpty() ? Optional.empty() : Optional.of(instant(heap.firstDue()));
  }

  /** How many checks are assigned. */
  public int size() {
    return entries.size();
  }

  public Skips skips() {
    return new Skips(late, running);
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS + instant.getNano();
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
