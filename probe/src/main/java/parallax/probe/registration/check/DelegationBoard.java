package parallax.probe.registration.check;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import parallax.config.observation.Layer;
import parallax.config.observation.Outcome;
import parallax.config.observation.Reason;
import parallax.probe.registration.HostNames;
import parallax.probe.registration.judge.Delegated;

/**
 * What checks of delegations saw last, for those who want to know why one is gone. Safe for use by
 * many threads.
 */
public final class DelegationBoard {
  /** What was seen longer ago may be otherwise by now. */
  static final Duration LASTS = Duration.ofMinutes(15);

  /** Of more names those that were written first are forgotten. */
  static final int MAX_NAMES = 100_000;

  private final Map<String, Seen> seen = new LinkedHashMap<>();

  /**
   * What was seen last.
   *
   * @param since when it began to be so
   * @param back when it was there again after it had been gone; empty: it was not seen to be gone
   */
  private record Seen(Delegated delegated, Instant at, Instant since, Optional<Instant> back) {}

  /** Notes what a check of the delegation of {@code name} found. */
  public void saw(String name, Outcome outcome, Instant now) {
    Optional<Delegated> told = meaning(outcome);
    HostNames.of(name).ifPresent(known -> told.ifPresent(what -> put(known, what, now)));
  }

  private synchronized void put(String name, Delegated what, Instant now) {
    Optional<Seen> before = Optional.ofNullable(seen.remove(name));
    Instant since = before.filter(known -> known.delegated() == what).map(Seen::since).orElse(now);
    Optional<Delegated> last = before.map(Seen::delegated);
    boolean returned = what == Delegated.THERE && last.equals(Optional.of(Delegated.GONE));
    Optional<Instant> back = returned ? Optional.of(now) : before.flatMap(Seen::back);
    seen.put(name, new Seen(what, now, since, back));
    if (seen.size() > MAX_NAMES) {
      var eldest = seen.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** What the outcome of a check of a delegation tells; empty when it tells nothing. */
  public static Optional<Delegated> meaning(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Up _, Outcome.Degraded _ -> Optional.of(Delegated.THERE);
      case Outcome.Inconclusive _ -> Optional.empty();
      case Outcome.Down(var finding) -> {
        Reason reason = finding.reason();
        boolean there =
            reason == Reason.DELEGATION_LAME
                || reason == Reason.DELEGATION_CHANGED
                || reason == Reason.DELEGATION_HOST_UNRESOLVED
                || reason.layer().filter(layer -> layer == Layer.DNS_AUTH).isPresent();
        yield reason == Reason.DELEGATION_ABSENT
            ? Optional.of(Delegated.GONE)
            : Optional.of(there ? Delegated.THERE : Delegated.NOT_TOLD);
      }
    };
  }

  /** Since when {@code name} is gone; empty when it is not, or nobody looked lately. */
  synchronized Optional<Instant> goneSince(String name, Instant now) {
    return lately(name, now).filter(known -> known.delegated() == Delegated.GONE).map(Seen::since);
  }

  /** Since when {@code name} is there again; empty when it was never gone, or is not there. */
  synchronized Optional<Instant> backSince(String name, Instant now) {
    return lately(name, now)
        .filter(known -> known.delegated() == Delegated.THERE)
        .flatMap(Seen::back);
  }

  private Optional<Seen> lately(String name, Instant now) {
    return Optional.ofNullable(seen.get(name)).filter(known -> known.at().plus(LASTS).isAfter(now));
  }

  /** What is known of {@code name}, as of the last look at it itself. */
  public synchronized Delegated of(String name, Instant now) {
    return lately(name, now).map(Seen::delegated).orElse(Delegated.NOT_TOLD);
  }
}
