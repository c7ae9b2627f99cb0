package parallax.coordinator.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.config.policy.QuietHours;
import parallax.config.policy.Route;
import parallax.config.policy.Severity;

/**
 * On which terms a receiver hears of an incident now: the most talkative of the routes that name it
 * counts.
 *
 * @param isNamed whether it hears of it at once, not only when nobody acknowledges it
 * @param quiet until when nothing begins to be told; empty: it may be
 * @param digest so often it hears of what is like this; empty: at once
 * @param remind how often it is told again
 * @param escalate after which times without acknowledgement it is told, ascending
 */
record Terms(
    boolean isNamed,
    Optional<Instant> quiet,
    Optional<Duration> digest,
    Optional<Duration> remind,
    List<Duration> escalate) {
  Terms {
    escalate = List.copyOf(new TreeSet<>(escalate));
  }

  /** Of one who is named by a route. */
  static Terms named(Route route, Severity severity, Instant now) {
    boolean isLow = severity != Severity.CRITICAL;
    return new Terms(
        true,
        quiet(route, severity, now),
        isLow ? route.digest() : Optional.empty(),
        route.remind(),
        List.of());
  }

  /** Of one who is told later. */
  static Terms later(Route route, Duration after, Severity severity, Instant now) {
    return new Terms(
        false, quiet(route, severity, now), Optional.empty(), route.remind(), List.of(after));
  }

  private static Optional<Instant> quiet(Route route, Severity severity, Instant now) {
    return route
        .quiet()
        .filter(hours -> !hours.except().contains(severity))
        .flatMap((QuietHours hours) -> hours.end(now));
  }

  /** As both say. */
  Terms or(Terms other) {
    List<Duration> all = new ArrayList<>(escalate);
    all.addAll(other.escalate);
    return new Terms(
        isNamed || other.isNamed,
        least(quiet, other.quiet, true),
        isNamed == other.isNamed
            ? least(digest, other.digest, true)
            : isNamed ? digest : other.digest,
        least(remind, other.remind, false),
        all);
  }

  /** Of one who stands in for whom these are the terms. */
  Terms atOnce() {
    return new Terms(true, quiet, Optional.empty(), remind, List.of());
  }

  /**
   * The lesser of two.
   *
   * @param both whether nothing comes of one alone
   */
  private static <T extends Comparable<T>> Optional<T> least(
      Optional<T> one, Optional<T> other, boolean both) {
    if (one.isEmpty() || other.isEmpty()) {
      return both ? Optional.empty() : one.or(() -> other);
    }
    return one.get().compareTo(other.get()) <= 0 ? one : other;
  }
}
