package parallax.config.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Windows in which incidents are tracked but not told.
 *
 * @param match labels a target must carry; empty matches every target
 */
public record Maintenance(String name, SortedMap<String, String> match, Times times) {
  /** The longest window that recurs. It also bounds how far back {@link #covers} has to look. */
  public static final Duration MAX_DURATION = Duration.ofDays(7);

  /** The longest window that comes once. */
  public static final Duration MAX_ONCE = Duration.ofDays(30);

  /** When. */
  public sealed interface Times {}

  /**
   * Again and again.
   *
   * @param cron when it starts
   * @param duration how long it takes, as time passes whatever clocks show; at most {@link
   *     #MAX_DURATION}
   * @param zone in which {@code cron} is read
   */
  public record Recurring(Cron cron, Duration duration, ZoneId zone) implements Times {
    public Recurring {
      if (duration.compareTo(MAX_DURATION) > 0) {
        throw new IllegalArgumentException(duration + " is longer than " + MAX_DURATION);
      }
    }
  }

  /** Once, half open; at most {@link #MAX_ONCE}. */
  public record Once(Instant from, Instant until) implements Times {
    public Once {
      if (!from.isBefore(until) || Duration.between(from, until).compareTo(MAX_ONCE) > 0) {
        throw new IllegalArgumentException("from " + from + " until " + until);
      }
    }
  }

  public Maintenance {
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
  }

  /** One that recurs. */
  public Maintenance(
      String name, SortedMap<String, String> match, Cron cron, Duration duration, ZoneId zone) {
    this(name, match, new Recurring(cron, duration, zone));
  }

  /** Whether a target with these labels is meant. */
  public boolean matches(SortedMap<String, String> labels) {
    return labels.entrySet().containsAll(match.entrySet());
  }

  /** Whether a window that began at {@code now} or before has not ended yet. */
  public boolean covers(Instant now) {
    return end(now).isPresent();
  }

  /**
   * The windows that touch {@code [from, to)}, the newest first.
   *
   * @param most older ones are left out
   */
  public List<Once> windows(Instant from, Instant to, int most) {
    return switch (times) {
      case Recurring(Cron cron, Duration duration, ZoneId zone) -> {
        List<Once> found = new ArrayList<>();
        Instant earliest = from.minus(duration);
        Optional<Instant> start = cron.latest(earliest, to.minusNanos(1), zone);
        while (start.isPresent() && found.size() < most) {
          found.add(new Once(start.get(), start.get().plus(duration)));
          Instant before = start.get().minusNanos(1);
          start = before.isAfter(earliest) ? cron.latest(earliest, before, zone) : Optional.empty();
        }
        yield List.copyOf(found);
      }
      case Once once ->
          once.from().isBefore(to) && once.until().isAfter(from) ? List.of(once) : List.of();
    };
  }

  /** When the window ends that is open at {@code now}; of several the last to end. */
  public Optional<Instant> end(Instant now) {
    return switch (times) {
      case Recurring(Cron cron, Duration duration, ZoneId zone) ->
          cron.latest(now.minus(duration), now, zone).map(start -> start.plus(duration));
      case Once(Instant from, Instant until) ->
          now.isBefore(from) || !now.isBefore(until) ? Optional.empty() : Optional.of(until);
    };
  }
}
