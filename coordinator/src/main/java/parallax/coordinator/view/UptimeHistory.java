package parallax.coordinator.view;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import parallax.coordinator.core.verdict.TargetState;
import parallax.coordinator.store.Store;
import parallax.coordinator.view.maintenance.Spans;

/**
 * When a target was up, down or unknown, over the longest {@link Window}: computed from verdict
 * intervals, exact to the millisecond. Immutable; a question costs two binary searches, whatever
 * the history.
 */
public final class UptimeHistory {
  /**
   * How many changes are kept, the newest. Of a target that flaps more often, what lies before them
   * counts as unknown.
   */
  public static final int MAX_CHANGES = 1024;

  public static final UptimeHistory EMPTY = new UptimeHistory(new long[0], new Kind[0]);

  private enum Kind {
    UP,
    DOWN,
    UNKNOWN
  }

  private final long[] from;
  private final Kind[] kinds;

  /** Milliseconds up, and up or down, between the first change and change i. */
  private final long[] upBefore;

  private final long[] knownBefore;

  private UptimeHistory(long[] from, Kind[] kinds) {
    this.from = from;
    this.kinds = kinds;
    upBefore = new long[from.length];
    knownBefore = new long[from.length];
    for (int i = 1; i < from.length; i++) {
      long length = from[i] - from[i - 1];
      upBefore[i] = upBefore[i - 1] + (kinds[i - 1] == Kind.UP ? length : 0);
      knownBefore[i] = knownBefore[i - 1] + (kinds[i - 1] == Kind.UNKNOWN ? 0 : length);
    }
  }

  /** What verdict intervals, oldest first, tell; between two that do not touch nothing is known. */
  public static UptimeHistory of(List<Store.Interval> intervals) {
    UptimeHistory history = EMPTY;
    for (Store.Interval interval : intervals) {
      history = history.with(interval.from(), interval.state());
      if (interval.until().isPresent()) {
        history = history.with(interval.until().get(), TargetState.UNKNOWN);
      }
    }
    return history;
  }

  /**
   * This history with a further change. A change that is told with an earlier time than the last
   * one (a clock was set back) counts from the last one.
   */
  public UptimeHistory with(Instant at, TargetState state) {
    return appending(at.toEpochMilli(), kind(state));
  }

  /** The older history as far as it reaches, then this one. */
  public UptimeHistory preceded(UptimeHistory older) {
    if (from.length == 0) {
      return older;
    }
    int kept = 0;
    while (kept < older.from.length && older.from[kept] < from[0]) {
      kept++;
    }
    long[] times = Arrays.copyOf(older.from, kept + from.length);
    Kind[] states = Arrays.copyOf(older.kinds, kept + from.length);
    System.arraycopy(from, 0, times, kept, from.length);
    System.arraycopy(kinds, 0, states, kept, kinds.length);
    return bounded(times, states);
  }

  /**
   * The share of the known time in which the target was up, from 0 to 1; being degraded counts as
   * up, unknown time does not count.
   *
   * @return empty when nothing is known of that time
   */
  public OptionalDouble ratio(Window window, Instant now) {
    return ratio(window, now, Spans.NONE);
  }

  /**
   * The same of the time that does not lie apart.
   *
   * @param apart what counts neither as up nor as down
   */
  public OptionalDouble ratio(Window window, Instant now, Spans apart) {
    Part part = part(now.minus(window.length()), now, apart);
    return part.known() <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) part.up() / part.known());
  }

  /**
   * A part of the history, in milliseconds.
   *
   * @param known up or down
   */
  public record Part(long known, long up) {
    public static final Part NONE = new Part(0, 0);

    /** Both together. */
    public Part plus(Part other) {
      return new Part(known + other.known, up + other.up);
    }
  }

  /** What is known of {@code [start, end)} as far as it does not lie apart. */
  public Part part(Instant start, Instant end, Spans apart) {
    long first = start.toEpochMilli();
    long last = end.toEpochMilli();
    long known = until(last, false) - until(first, false);
    long up = until(last, true) - until(first, true);
    for (Spans.Span span : apart.within(first, last)) {
      known -= until(span.until(), false) - until(span.from(), false);
      up -= until(span.until(), true) - until(span.from(), true);
    }
    return new Part(known, up);
  }

  private long until(long instant, boolean onlyUp) {
    int found = Arrays.binarySearch(from, instant);
    int at = found >= 0 ? found : -found - 2;
    if (at < 0) {
      return 0;
    }
    boolean counts = onlyUp ? kinds[at] == Kind.UP : kinds[at] != Kind.UNKNOWN;
    return (onlyUp ? upBefore : knownBefore)[at] + (counts ? instant - from[at] : 0);
  }

  private UptimeHistory appending(long at, Kind kind) {
    int last = from.length - 1;
    if (last >= 0 && kinds[last] == kind) {
      return this;
    }
    if (last >= 0 && at <= from[last]) {
      // What did not last is as if it had not been.
      UptimeHistory before =
          new UptimeHistory(Arrays.copyOf(from, last), Arrays.copyOf(kinds, last));
      return before.appending(from[last], kind);
    }
    long[] times = Arrays.copyOf(from, from.length + 1);
    Kind[] states = Arrays.copyOf(kinds, from.length + 1);
    times[last + 1] = at;
    states[last + 1] = kind;
    return bounded(times, states);
  }

  private static UptimeHistory bounded(long[] times, Kind[] states) {
    int surplus = Math.max(0, times.length - MAX_CHANGES);
    return new UptimeHistory(
        Arrays.copyOfRange(times, surplus, times.length),
        Arrays.copyOfRange(states, surplus, states.length));
  }

  private static Kind kind(TargetState state) {
    return switch (state) {
      case UP, DEGRADED -> Kind.UP;
      case DOWN -> Kind.DOWN;
      case UNKNOWN -> Kind.UNKNOWN;
    };
  }
}
