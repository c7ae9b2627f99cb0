package parallax.probe.bgp.visibility;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.probe.net.Cidr;

/**
 * What is remembered of a prefix between two looks.
 *
 * @param begun when it was first looked at
 * @param standing without what hides it: LEARNING, VISIBLE, PARTIAL, WITHDRAWN or RECOVERING
 * @param standingSince of that
 * @param shown with it: what is told
 * @param shownSince of that
 * @param timers of what has begun and does not yet count
 * @param losses of the last time that it was missed
 * @param coveredBy what its addresses have left
 * @param collectors those that are out
 */
record ReachState(
    Instant begun,
    Reach standing,
    Instant standingSince,
    Reach shown,
    Instant shownSince,
    Timers timers,
    Losses losses,
    Optional<Cidr> coveredBy,
    SortedSet<String> collectors) {
  ReachState {
    collectors = Collections.unmodifiableSortedSet(new TreeSet<>(collectors));
  }

  /** Since when each holds, where it does. */
  record Timers(
      Optional<Instant> low,
      Optional<Instant> gone,
      Optional<Instant> back,
      Optional<Instant> below,
      Optional<Instant> local) {
    static final Timers NONE =
        new Timers(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    boolean running() {
      return low.isPresent()
          || gone.isPresent()
          || back.isPresent()
          || below.isPresent()
          || local.isPresent();
    }
  }

  /** The first and the last loss. */
  record Losses(Optional<Instant> first, Optional<Instant> last) {
    static final Losses NONE = new Losses(Optional.empty(), Optional.empty());
  }

  static ReachState begin(Instant now) {
    return new ReachState(
        now,
        Reach.LEARNING,
        now,
        Reach.LEARNING,
        now,
        Timers.NONE,
        Losses.NONE,
        Optional.empty(),
        new TreeSet<>());
  }

  /** Whether time alone may change it. */
  boolean pending() {
    return timers.running() || shown != Reach.VISIBLE;
  }
}
